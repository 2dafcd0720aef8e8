import type { ClaimGap } from '../../../shared/model/index.ts';

export const LACKS: Readonly<Record<ClaimGap, string>> = {
  noSupport: 'No passage supports it',
  oneOrigin: 'All that supports it is of one origin',
  contradicted: 'A contradiction is not answered',
  notApproved: 'A passage that supports it is not approved',
  undecidedCopies: 'Whether sources that support it are copies of one text is not decided',
  noDate: 'The date of a source that supports it is not known',
};
