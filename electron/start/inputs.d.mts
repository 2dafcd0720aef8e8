export function isBuilt(): boolean;
export function noteBuilt(hash: string): void;
export function inputsHash(): string;
