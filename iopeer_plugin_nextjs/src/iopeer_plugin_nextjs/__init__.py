"""IOPEER's frontend generator: Next.js, TypeScript, Tailwind CSS and TanStack Query."""
