/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Commit that was built, or the empty text. */
  readonly VITE_COMMIT: string;
}
