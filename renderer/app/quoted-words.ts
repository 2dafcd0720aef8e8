export { quotedWords } from '../../shared/text/quoted-words.ts';
