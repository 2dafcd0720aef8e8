/** The parts of css-tree that pages need. Its whole takes 20 MB, most of it the grammar of every property. */
declare module 'css-tree/tokenizer' {
  export { tokenize, tokenTypes } from 'css-tree';
}
declare module 'css-tree/utils' {
  export { ident, string, url } from 'css-tree';
}
