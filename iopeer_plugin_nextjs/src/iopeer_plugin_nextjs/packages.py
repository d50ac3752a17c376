"""The packages of the frontend: versions that install, build, lint and test together."""

from __future__ import annotations

RUNTIME = (
    "@fontsource-variable/inter@5.3.0",
    "@hookform/resolvers@7.0.7",
    "@tanstack/react-query@5.108.0",
    "class-variance-authority@0.7.1",
    "clsx@2.1.1",
    "cmdk@1.1.1",
    "icu-minify@4.14.8",
    "lucide-react@1.75.0",
    "markdown-to-jsx@7.7.17",
    "next@16.4.5",
    "radix-ui@1.8.1",
    "react@19.3.1",
    "react-dom@19.3.1",
    "react-hook-form@7.92.0",
    "sonner@2.0.8",
    "use-intl@4.14.8",
    "zod@4.6.7",
)
DEVELOPMENT = (
    "@tailwindcss/postcss@4.3.3",
    "@testing-library/dom@^10.4.0",
    "@testing-library/jest-dom@^7.0.0",
    "@testing-library/react@^16.3.0",
    "@testing-library/user-event@^14.6.0",
    "@types/node@^24.19.0",
    "@types/react@^19.3.0",
    "@types/react-dom@^19.3.0",
    "@vitejs/plugin-react@^6.3.0",
    "eslint@9.39.2",
    "eslint-config-next@16.4.5",
    "eslint-plugin-jsx-a11y@^6.10.2",
    "happy-dom@^21.0.0",
    "openapi-typescript@^7.0.0",
    "tailwindcss@4.3.3",
    "typescript@5.9.3",
    "vitest@^5.1.1",
)
"""`templates/frontend/package-lock.json` pins them: next 16.4.6 and tailwindcss 4.3.5 lack platform binaries."""
