export const root: string;
export const packagedNode: string;
export function setUp(): Promise<void>;
export function runOnPackagedNode(file: string, args: readonly string[]): Promise<number>;
