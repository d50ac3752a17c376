type Go = () => void;

let ask: ((go: Go) => void) | null = null;

/** Goes away from a page; where that loses what was filled in, once the reader agrees. */
export function leave(go: Go): void {
  if (ask) ask(go);
  else go();
}

/** Has `leave` ask, until what this gives is called. */
export function askBeforeLeaving(asks: (go: Go) => void): () => void {
  ask = asks;
  return () => {
    ask = null;
  };
}
