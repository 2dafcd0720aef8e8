import { z } from 'zod';

/** Bytes. More are no answer: those of public authorities have 3,000 to 8,000. */
export const LARGEST_ANSWER = 100_000;

/** An authority’s answer (TimeStampResp or TimeStampToken, RFC 3161, DER), in base64. */
export const stampAnswer = z.base64().max(Math.ceil(LARGEST_ANSWER / 3) * 4);
/** A request’s random number: lower-case hex, without leading zeros. */
export const stampNonce = z.string().regex(/^(?:0|[1-9a-f][0-9a-f]{0,63})$/);
