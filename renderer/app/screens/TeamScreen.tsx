/** What a team does with a project: merging, conflicts, blind coding, agreement, snapshots, people. */
export function TeamScreen() {
  return null;
}
