import { ProjectReader, type ReadProject } from '../../electron/formats/qda/read.ts';

/** Reads the XML of a REFI-QDA project or codebook, given in pieces. */
export function readProject(pieces: Iterable<string>): ReadProject {
  const reader = new ProjectReader();
  for (const piece of pieces) reader.write(piece);
  return reader.end();
}
