export interface Choice {
  readonly folder?: boolean;
  readonly multiple?: boolean;
  /** File name endings, with their dots. */
  readonly accept?: string;
}

/** Opens the browser's file chooser; resolves to an empty list if the person closed it. */
export function chooseFiles({ folder = false, multiple = true, accept = '' }: Choice): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  input.accept = accept;
  input.webkitdirectory = folder;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
