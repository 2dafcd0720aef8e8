/** A typical error, and the tests that must notice it. */
export interface PlantedError {
  /** The file it is planted in, from the root. */
  readonly file: string;
  /** A piece of the file's source that occurs in it once. */
  readonly from: string;
  /** Its replacement. */
  readonly to: string;
  /** What would be lost. */
  readonly why: string;
  /** Test files, as few and as quick as possible. */
  readonly tests: readonly string[];
}
