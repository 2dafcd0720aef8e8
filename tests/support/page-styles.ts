import { readPendingPage } from '../../electron/project/sources/pending-pages.ts';
import type { Engine } from '../../electron/engine/engine.ts';

/**
 * Answers as a window that shows every element as its name says and has taken this screenshot: for tests of what is done with
 * the screenshot. Returns a function that ends it.
 */
export function answerStylesWith(
  engine: Engine,
  folder: string,
  picture: { readonly png: Uint8Array; readonly width: number; readonly height: number },
): () => void {
  const answer = async (token: string): Promise<void> => {
    await engine.call('pageStyles.take', { token });
    const { frozen } = await engine.call('pageStyles.page', { token });
    const html = Buffer.from(readPendingPage(folder, token, frozen)).toString('utf8');
    const { png, width, height } = picture;
    await engine.call('pageStyles.done', {
      token,
      browser: 'Test 1',
      styles: (html.match(/<[a-z]/g) ?? []).map(() => ''),
      picture: { png: Buffer.from(png).toString('base64'), width, height, pageHeight: height },
    });
  };
  return engine.onEvent(({ event, payload }) => {
    if (event === 'pageStyles.wanted') void answer(payload.token);
  });
}
