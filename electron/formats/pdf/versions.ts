/**
 * The engines' versions, equal to those of their packages (a test compares them). Text may differ from one to the next, so
 * they are stored with each layer.
 */
export const PDFIUM_VERSION = '2.15.1';
export const PDFJS_VERSION = '6.5.438';

/**
 * The version of our own rules for text, order and runs. It must be increased whenever one of them changes, because offsets
 * depend on it: tests/unit/formats/pdf holds the hashes of layers made by these rules.
 */
const TEXT_RULES = 1;

export const pdfiumLayerVersion = `${PDFIUM_VERSION}+${TEXT_RULES}`;
export const pdfjsLayerVersion = `${PDFJS_VERSION}+${TEXT_RULES}`;
