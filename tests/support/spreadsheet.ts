import { spawnSync } from 'node:child_process';

/** Debian: python3-openpyxl. */
const PYTHONS = ['/usr/bin/python3', 'python3'];
const python = PYTHONS.find((one) => spawnSync(one, ['-c', 'import openpyxl']).status === 0) ?? null;

/** Whether openpyxl, a reader of workbooks that isn’t ours, is installed. */
export const hasOpenpyxl = python !== null;

const READ = `
import json, sys, openpyxl
from openpyxl.utils.escape import unescape
book = openpyxl.load_workbook(sys.argv[1])
def shown(cell):
    value = cell.value
    if isinstance(value, str): value = unescape(value)
    return [cell.data_type, value.isoformat() if hasattr(value, 'isoformat') else value]
print(json.dumps({sheet.title: [[shown(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}))
`;

/** The cells of each sheet as openpyxl reads them: their type (`s` text, `n` number or empty, `d` date, `f` formula) and value. */
export function cellsByOpenpyxl(path: string): Record<string, [type: string, value: unknown][][]> {
  if (python === null) throw new Error('openpyxl is not installed');
  const { stdout, stderr, status } = spawnSync(python, ['-c', READ, path], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf8' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
