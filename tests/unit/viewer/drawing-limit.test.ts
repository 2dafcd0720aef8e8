import { expect, test, vi } from 'vitest';
import { limitDrawing } from '../../../renderer/viewer/pdf/drawing-limit.ts';

class Drawn {
  saved = 0;
  save(): void {
    this.saved += 1;
  }
}

test('letters drawn of letters without an end are given up; a page that pauses can have as many as it likes', () => {
  vi.useFakeTimers();
  try {
    limitDrawing(Drawn.prototype, 1000);
    const [page, group] = [new Drawn(), new Drawn()];
    for (let pause = 0; pause < 5; pause++) {
      for (let letter = 0; letter < 1000; letter++) page.save();
      vi.runAllTimers();
    }
    expect(page.saved).toBe(5000);
    // Also if they are partly drawn on another canvas, as a group is.
    const draw = (): void => {
      page.save();
      group.save();
      draw();
    };
    expect(draw).toThrow('Drawing this page would take too long.');
    expect(page.saved + group.saved).toBe(6000);
    vi.runAllTimers();
    group.save();
  } finally {
    vi.useRealTimers();
  }
});
