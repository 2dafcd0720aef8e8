export { ApiError, errorDataOf } from './api-error.ts';
export { chooseTransport, createApi, type Api } from './client.ts';
export {
  ApiProvider,
  makeQueryClient,
  useApi,
  useFreshCall,
  useAsk,
  usePeek,
  useCall,
  useAnswer,
  useCallOrBefore,
  useCalls,
  useCallAtRest,
  useHostEvent,
  useKnown,
  usePart,
  useWrite,
} from './hooks.tsx';
export type { Transport } from './transport.ts';
