/**
 * Marks a view as `is-pointed` from a press until it loses the focus. A view takes the focus by program, and after one key
 * pressed anywhere browsers would draw the keyboard's focus ring around it at each click.
 */
export function followPointing(root: HTMLElement): void {
  root.addEventListener('pointerdown', () => root.classList.add('is-pointed'), { capture: true });
  root.addEventListener('blur', () => root.classList.remove('is-pointed'));
}
