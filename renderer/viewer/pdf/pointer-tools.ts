import { followPointing } from '../screen.ts';
import { passageForMenu, nextPassage } from '../passages/index-of-passages.ts';
import type { DrawnPassage, ScreenBox, TextRange } from '../types.ts';
import { AreaTool } from './area-tool.ts';
import { DragOut } from './drag-out.ts';
import { PageEdgeDrag } from './edge-drag.ts';
import { textGrips } from './grips.ts';
import type { OnScreen } from './on-screen.ts';
import type { PdfEvents } from './options.ts';
import type { PageBox } from './page-box.ts';
import type { PageMap } from './page-texts.ts';
import type { PageMarks } from './page-marks.ts';
import { Pan, Pinch } from './pan-and-pinch.ts';
import { PointerSelection, type ScreenHit } from './pointer.ts';
import type { PageSheet } from './sheet.ts';
import type { TextSelection } from './text-selection.ts';

/** The parts of the view that pointer tools use. */
export interface PointerParts {
  readonly root: HTMLElement;
  readonly sheet: PageSheet;
  readonly map: PageMap;
  readonly marks: PageMarks;
  readonly selection: TextSelection;
  readonly onScreen: OnScreen;
  readonly events: PdfEvents;
  /** The current page. */
  readonly page: () => number;
  /** Reports the selection. */
  readonly reportSelection: () => void;
  /** The canonical text of a range, as far as it is loaded. */
  readonly words: (range: TextRange) => string;
}

/** All pointer interaction with pages. Each tool has its own file and is connected here. */
export class PointerTools {
  readonly #parts: PointerParts;
  readonly #area: AreaTool;
  /** Only for images, which have no text to select. */
  readonly #pan: Pan | null;
  readonly #tools: readonly { destroy(): void }[];

  constructor(parts: PointerParts) {
    this.#parts = parts;
    const { root, selection, sheet } = parts;
    this.#area = this.#areaTool();
    // The first of the tools, so that it gets each event before them.
    this.#pan = sheet.unit.isWhole ? new Pan(root) : null;
    this.#tools = [
      ...(this.#pan === null ? [] : [this.#pan]),
      this.#edges(),
      this.#dragOut(),
      this.#selection(),
      this.#pinch(),
      this.#area,
    ];
    followPointing(root);
    // Selection handles are for touch only.
    const onDown = (event: PointerEvent): void => selection.showTouchHandles(event.pointerType === 'touch');
    root.addEventListener('pointerdown', onDown, { capture: true });
    root.addEventListener('keydown', () => selection.showTouchHandles(false));
    root.addEventListener('click', this.#onCodeClick);
    root.addEventListener('contextmenu', this.#onMenu);
    root.addEventListener('wheel', this.#onWheel, { passive: false });
  }

  destroy(): void {
    for (const tool of this.#tools) tool.destroy();
  }

  markArea(on: boolean): void {
    this.#area.toggle(on);
  }

  /** Edits the current area with the keys; false if there is none. */
  editArea(): boolean {
    return this.#area.edit();
  }

  /** Returns true if a tool handled the key. */
  key(event: KeyboardEvent): boolean {
    return this.#area.key(event) || this.#pan?.key(event) === true;
  }

  #areaTool(): AreaTool {
    const { root, sheet, page, events, marks, onScreen } = this.#parts;
    return new AreaTool(root, {
      boxAt: (x, y) => sheet.boxAt(x, y),
      currentBox: () => sheet.boxes.get(page()) ?? null,
      drawn: (box, area, screen) => events.onArea(box.number, area, screen),
      current: () => {
        const shown = marks.movable;
        const box = shown?.kind === 'area' ? sheet.boxes.get(shown.page) : undefined;
        const at = shown === null || box === undefined ? null : onScreen.boxOfArea(box, shown);
        return shown === null || box === undefined || at === null ? null : { passage: shown.id, box, at };
      },
      reshape: (passage, box, area) => {
        const stored = marks.get(passage);
        if (stored !== null) marks.preview({ ...stored, page: box.number, area });
        marks.keepPreview();
        events.onReshape?.(passage, { kind: 'area', page: box.number, area });
      },
      ended: () => events.onAreaTool(false),
    });
  }

  #selection(): PointerSelection {
    const { root, selection, onScreen, reportSelection } = this.#parts;
    return new PointerSelection(root, {
      hit: (x, y) => onScreen.hit(x, y),
      around: (unit, granularity) => onScreen.around(unit, granularity),
      ends: () => selection.ends,
      select: (ends) => selection.set(ends),
      selectionDone: reportSelection,
      clicked: (x, y, hit) => this.#clicked(x, y, hit),
    });
  }

  #edges(): PageEdgeDrag {
    const { root, sheet, map, marks, selection, onScreen, events, reportSelection } = this.#parts;
    return new PageEdgeDrag(root, {
      isOff: () => this.#area.isOn,
      current: () => marks.movable,
      touchSelection: () => selection.touchRange,
      gripsOf: (range) => textGrips(sheet, map, range),
      boxOf: (passage) => onScreen.boxOfPassage(passage),
      boxAt: (x, y) => sheet.boxAt(x, y),
      page: (page) => sheet.boxes.get(page) ?? null,
      edgeAt: (x, y, wordwise) => onScreen.edgeAt(x, y, wordwise),
      preview: (passage) => marks.preview(passage),
      reshape: (id, to) => {
        marks.keepPreview();
        events.onReshape?.(id, to);
      },
      select: ({ start, end }, done) => {
        selection.set({ anchor: start, focus: end });
        if (done) reportSelection();
      },
      clicked: (x, y) => this.#clicked(x, y, onScreen.hit(x, y)),
    });
  }

  #dragOut(): DragOut {
    const { root, selection, onScreen, events, words } = this.#parts;
    return new DragOut(root, {
      selectedAt: (x, y) => this.#selectedAt(x, y),
      selection: () => selection.range,
      words,
      passageOf: (code) => this.#passageOfCode(code)?.id ?? null,
      dragOut: (passage, transfer) => events.onDragOut?.(passage, transfer),
      clicked: (x, y) => this.#clicked(x, y, onScreen.hit(x, y)),
    });
  }

  #pinch(): Pinch {
    const { root, sheet } = this.#parts;
    return new Pinch(root, {
      zoom: () => sheet.zoom,
      anchorAt: (at) => sheet.anchorAt(at),
      setZoom: (zoom, anchor, at) => sheet.setZoom({ fit: null, zoom }, anchor, at),
    });
  }

  #clicked(x: number, y: number, hit: ScreenHit | null): void {
    const { sheet, marks, selection, reportSelection } = this.#parts;
    const box = sheet.boxAt(x, y);
    if (hit !== null) selection.set({ anchor: hit.offset, focus: hit.offset });
    reportSelection();
    if (box === null) return;
    this.#choose(nextPassage(this.#under(box, x, y, hit), marks.current), { left: x, top: y, right: x, bottom: y });
  }

  #under(box: PageBox, x: number, y: number, hit: ScreenHit | null): readonly DrawnPassage[] {
    return this.#parts.marks.under(box.number, hit?.inside === true ? hit.unit : null, box.fromScreen(x, y));
  }

  /** A context menu event that comes from a long press was prevented before: the press selects a word. */
  readonly #onMenu = (event: MouseEvent): void => {
    if (event.defaultPrevented || this.#area.isOn) return;
    const { target, clientX: x, clientY: y } = event;
    const { sheet, marks, onScreen, events } = this.#parts;
    const code = target instanceof Element ? target.closest('.margin-code') : null;
    const box = sheet.boxAt(x, y);
    const isSelected = code === null && this.#selectedAt(x, y) !== null;
    const under = isSelected || box === null ? [] : this.#under(box, x, y, onScreen.hit(x, y));
    const passage = code === null ? passageForMenu(under, marks.current) : this.#passageOfCode(code);
    if (passage === null && !isSelected) return;
    event.preventDefault();
    events.onMenu?.(passage?.id ?? null, { left: x, top: y, right: x, bottom: y });
  };

  #choose(passage: DrawnPassage | null, near: ScreenBox): void {
    const { events, onScreen } = this.#parts;
    if (passage !== null) events.onPassageClick(passage.id, onScreen.boxOfPassage(passage) ?? near);
  }

  readonly #onCodeClick = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest('.margin-code') : null;
    const box = button === null ? null : this.#boxOfCode(button);
    if (button === null || box === null) return;
    this.#choose(nextPassage(box.passagesOfCode(button), this.#parts.marks.current), button.getBoundingClientRect());
  };

  #boxOfCode(button: Element): PageBox | null {
    return this.#parts.sheet.boxes.get(Number(button.closest<HTMLElement>('.page-box')?.dataset['page'])) ?? null;
  }

  /** The passage of a code: if several share it, the current one, else the first. */
  #passageOfCode(button: Element): DrawnPassage | null {
    const sharing = this.#boxOfCode(button)?.passagesOfCode(button) ?? [];
    return sharing.find(({ id }) => id === this.#parts.marks.current) ?? sharing[0] ?? null;
  }

  #selectedAt(x: number, y: number): PageBox | null {
    const { selection, onScreen, sheet } = this.#parts;
    const range = this.#area.isOn ? null : selection.range;
    const hit = range === null ? null : onScreen.hit(x, y);
    if (range === null || hit === null || !hit.inside || hit.unit < range.start || hit.unit >= range.end) return null;
    return sheet.boxAt(x, y);
  }

  readonly #onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { sheet } = this.#parts;
    const zoom = sheet.zoom * Math.exp(-event.deltaY / 300);
    sheet.setZoom({ fit: null, zoom }, sheet.anchorAt({ x: event.clientX, y: event.clientY }));
  };
}
