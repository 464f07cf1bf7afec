import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const elementary = [
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
];
const useMath =
  'differs between JavaScript engines by a bit, so results could not be replayed: use #core/math.ts.';
const useRandom = 'Math.random cannot be seeded: use #core/random.ts.';

/** Names of the page or of one host: core runs in a tab, a worker, Node and the server alike. */
const hostGlobals = [
  ...['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage'],
  ...['indexedDB', 'caches', 'fetch', 'XMLHttpRequest', 'self', 'process', 'Buffer'],
];

const staticStyle = {
  selector: 'SvelteAttribute[key.name="style"]',
  message:
    'A style attribute breaks the Content-Security-Policy: use a class or a style: directive.',
};
const attrStyle = {
  selector: 'CallExpression[callee.property.name="attr"][arguments.0.value="style"]',
  message: "attr('style') breaks the Content-Security-Policy: use .style(name, value).",
};

export default defineConfig(
  globalIgnores([
    ...['node_modules/', 'dist/', 'out/', '.cache/', 'test-results/', 'public/'],
    'src/core/kernels/assembly/', // AssemblyScript, which its own compiler checks
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'no-undef': 'off', // the type checker knows better
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', attrStyle],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // An async method may have nothing to wait for: its errors still become rejections.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'prefer-const': 'off', // $props() may mix what is reassigned and what is not
      'no-restricted-syntax': ['error', staticStyle, attrStyle],
      // The router's hash links need no resolve() of SvelteKit.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/core/**', 'src/engine/**'],
    ignores: ['src/core/math.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: useRandom },
        ...elementary.map((property) => ({
          object: 'Math',
          property,
          message: `Math.${property} ${useMath}`,
        })),
      ],
      'no-restricted-syntax': [
        'error',
        attrStyle,
        { selector: 'BinaryExpression[operator="**"]', message: `** ${useMath}` },
        { selector: 'AssignmentExpression[operator="**="]', message: `**= ${useMath}` },
      ],
    },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...hostGlobals.map((name) => ({
          name,
          message: `core runs in a tab, a worker and Node alike, so it may not use ${name}.`,
        })),
      ],
    },
  },
  {
    files: ['src/cli/**', 'tests/**', 'vite.config.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Playwright reads a fixture's needs from the pattern of its first parameter.
    files: ['tests/e2e/**'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    // The linter does not see a JSDoc cast, so JSON.parse could not be given a type. tsc checks these files too.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
