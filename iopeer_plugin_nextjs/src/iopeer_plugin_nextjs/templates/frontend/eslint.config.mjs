import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";
import jsxA11y from "eslint-plugin-jsx-a11y";

const config = [
  { ignores: [".next/**", "node_modules/**", "next-env.d.ts", "tests/contract/openapi.ts"] },
  ...next,
  ...typescript,
  { files: ["**/*.{ts,tsx}"], rules: jsxA11y.flatConfigs.recommended.rules },
];

export default config;
