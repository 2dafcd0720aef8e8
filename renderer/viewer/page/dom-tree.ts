import type { TreeAdapter } from '../../../shared/text/page-text.ts';

/**
 * The text function's view of a live document. It asks for `nodeType`, since a node of the frame is no instance of this
 * window's classes. Names cannot be clobbered: a frozen page has no `form`, and `name` only on links.
 */
export const domTree: TreeAdapter<Node> = {
  children: (node) => node.childNodes,
  text: (node) => (isTextNode(node) ? node.data : null),
  name: (node) => (isElementNode(node) ? node.localName : ''),
  isHtml: (node) => isElementNode(node) && node.namespaceURI === 'http://www.w3.org/1999/xhtml',
  attribute: (node, name) => (isElementNode(node) ? node.getAttribute(name) : null),
};

export const isTextNode = (node: Node): node is Text => node.nodeType === 3;
export const isElementNode = (node: Node): node is Element => node.nodeType === 1;
