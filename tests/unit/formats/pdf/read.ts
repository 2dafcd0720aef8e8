import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import type { Extracted } from '../../../../electron/formats/extracted.ts';
import { openLayerFile, type LayerFile } from '../../../../shared/text/layer-file.ts';
import { quadsOf } from '../../../../shared/text/quads.ts';
import { tempFolder } from '../../../support/temp.ts';

const reader = createPdfReader();

export interface ReadLayer extends LayerFile {
  readonly extracted: Extracted;
}

/** Reads a PDF that is expected to be readable. */
export async function readLayer(path: string, passwords: readonly string[] = []): Promise<ReadLayer> {
  const extraction = await reader.read(path, passwords);
  if (!extraction.ok) throw new Error(`${path}: ${extraction.error.message}`);
  return { ...openLayerFile(extraction.value.layerFile), extracted: extraction.value };
}

/** The code of the error a PDF ends with. */
export async function errorOf(path: string, passwords: readonly string[] = []): Promise<string> {
  const extraction = await reader.read(path, passwords);
  return extraction.ok ? 'read' : extraction.error.code;
}

export function fileOf(bytes: Uint8Array): string {
  const path = join(tempFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  return path;
}

/** The smallest box around a piece of a page's text: left, bottom, right, top, rounded to points. */
export function boxAround(layer: LayerFile, page: number, piece: string): number[] {
  const start = layer.pageText(page).indexOf(piece);
  const geometry = layer.geometry(page);
  if (start < 0 || geometry === null) throw new Error(`“${piece}” has no place on page ${page}`);
  const points = quadsOf(geometry, start, start + piece.length).flat();
  const xs = points.filter((_, index) => index % 2 === 0);
  const ys = points.filter((_, index) => index % 2 === 1);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(Math.round);
}
