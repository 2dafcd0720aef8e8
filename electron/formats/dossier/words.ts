import type { ClaimGap, ClaimRelation, DossierTemplate, ExhibitPicture, Gap } from '../../../shared/model/index.ts';

export const TEMPLATE_WORDS: Readonly<Record<DossierTemplate, string>> = {
  editor: 'Dossier for an editor',
  filing: 'Dossier for a filing',
  archive: 'Dossier for an archive',
};

export const RELATION_WORDS: Readonly<Record<ClaimRelation, string>> = {
  supports: 'Supports',
  limits: 'Limits',
  contradicts: 'Contradicts',
};

/** What a claim lacks, as it is said after “Gaps:”. */
export const LACKS: Readonly<Record<ClaimGap, string>> = {
  noSupport: 'no passage supports it',
  oneOrigin: 'all that supports it is of one origin',
  contradicted: 'a contradiction is not answered',
  notApproved: 'a passage that supports it is not approved',
  undecidedCopies: 'whether sources that support it are copies of one text is not decided',
  noDate: 'the date of a source that supports it is not known',
};

/** What a document’s record lacks, as it is said after “Not known:”. */
export const GAP_WORDS: Readonly<Record<Gap, string>> = {
  title: 'title',
  author: 'author',
  publisher: 'publisher',
  language: 'language',
  documentType: 'type of document',
  grade: 'rating with its reason',
  address: 'address',
  captureTime: 'time of capture',
  tool: 'tool of capture',
  collector: 'who captured it',
  archiveLink: 'archive link',
  dateOfAct: 'date of the act',
  dateOfDocument: 'date of the document',
  dateOfPublication: 'date of publication',
  dateOfCapture: 'date of capture',
};

export const PICTURE_WORDS: Readonly<Record<ExhibitPicture, string>> = {
  page: 'Drawn from the original by PDFium; the mark is ours',
  image: 'From the original image; the mark is ours',
  screenshot: 'From the screenshot that was taken when the page was added; the mark is ours',
  words: 'Set from the text of the document; this is text, not a picture',
};

export const HASH_SENTENCE =
  'A hash shows that bytes are the same as when they were taken in. It does not show that what they say is true, nor who wrote them.';
