/** Types for the part of the package `edtf` used here; it has none of its own. */
declare module 'edtf' {
  /** Throws on text that is not EDTF. `level` is the highest level of ISO 8601-2 accepted. */
  export function parse(
    text: string,
    constraints?: { readonly level?: 0 | 1 | 2; readonly types?: readonly string[] },
  ): unknown;
}
