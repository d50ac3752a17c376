/** A panel that is called like another one. */
export function Panel() {
  return <p>bb</p>;
}
