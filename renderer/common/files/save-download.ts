/** The browser host keeps the file ready at a relative address; the browser saves it where its person has downloads. */
export function saveDownload(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
