import type { exchange } from '../../../shared/contract/exchange.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers } from '../../project/context.ts';
import type { AddFiles } from '../../project/sources/added-files.ts';
import { EXPORTERS, IMPORTERS } from './formats.ts';
import { importFile, previewFile } from './import-file.ts';
import { annotationsOfSource, takeAnnotations } from './source-annotations.ts';

/** `addFiles`: how files become sources, which is the business of another feature. */
export const exchangeHandlers = (addFiles: AddFiles): Handlers<typeof exchange> => ({
  'exchange.export': (context, input) => {
    if (input.pseudonyms && input.format !== 'pdf')
      throw new Fault('NOT_ALLOWED', 'Only a project file and annotated PDFs can be pseudonymous.');
    return EXPORTERS[input.format].write(context, input);
  },
  'exchange.outline': (context, input) => EXPORTERS[input.format].outline(context, input),
  'exchange.preview': (context, input) => previewFile(context, input, IMPORTERS),
  'exchange.import': (context, input) => importFile(context, input, IMPORTERS, addFiles),
  'exchange.annotations': annotationsOfSource,
  'exchange.takeAnnotations': (context, input) => takeAnnotations(context, input, addFiles),
});
