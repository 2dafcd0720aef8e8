/** The keys of this room, where more than one place shows them. */
export const MERGE_KEY = '$mod+Shift+KeyM';
export const GO_KEY = '$mod+Enter';
export const TEAM_KEY = 'Alt+Digit7';
