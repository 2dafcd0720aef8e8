import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { formatNumber, isolated, lowerFirst, quoted } from '../common/format.ts';
import captures from '../common/captures/strings.en.json' with { type: 'json' };
import charts from '../common/charts/strings.en.json' with { type: 'json' };
import commonCommands from '../common/commands/strings.en.json' with { type: 'json' };
import addToDossier from '../common/dossiers/strings.en.json' with { type: 'json' };
import files from '../common/files/strings.en.json' with { type: 'json' };
import memos from '../common/memos/strings.en.json' with { type: 'json' };
import passages from '../common/passages/strings.en.json' with { type: 'json' };
import places from '../common/places/strings.en.json' with { type: 'json' };
import queryForm from '../common/query/strings.en.json' with { type: 'json' };
import common from '../common/strings/strings.en.json' with { type: 'json' };
import timeStamps from '../common/timestamps/strings.en.json' with { type: 'json' };
import claims from '../features/claims/strings.en.json' with { type: 'json' };
import codebook from '../features/codebook/strings.en.json' with { type: 'json' };
import coding from '../features/coding/strings.en.json' with { type: 'json' };
import commands from '../features/commands/strings.en.json' with { type: 'json' };
import diagnostics from '../features/diagnostics/strings.en.json' with { type: 'json' };
import dossier from '../features/dossier/strings.en.json' with { type: 'json' };
import desk from '../features/drafts/strings.en.json' with { type: 'json' };
import evidence from '../features/evidence/strings.en.json' with { type: 'json' };
import exchange from '../features/exchange/strings.en.json' with { type: 'json' };
import exporting from '../features/export/strings.en.json' with { type: 'json' };
import figuresTable from '../features/figures-table/strings.en.json' with { type: 'json' };
import importing from '../features/import/strings.en.json' with { type: 'json' };
import inspector from '../features/inspector/strings.en.json' with { type: 'json' };
import library from '../features/library/strings.en.json' with { type: 'json' };
import figureCards from '../features/figure-cards/strings.en.json' with { type: 'json' };
import masks from '../features/masks/strings.en.json' with { type: 'json' };
import merge from '../features/merge/strings.en.json' with { type: 'json' };
import pageStyles from '../features/page-styles/strings.en.json' with { type: 'json' };
import palette from '../features/palette/strings.en.json' with { type: 'json' };
import people from '../features/people/strings.en.json' with { type: 'json' };
import print from '../features/print/strings.en.json' with { type: 'json' };
import reader from '../features/reader/strings.en.json' with { type: 'json' };
import relations from '../features/relations/strings.en.json' with { type: 'json' };
import review from '../features/review/strings.en.json' with { type: 'json' };
import search from '../features/search/strings.en.json' with { type: 'json' };
import settings from '../features/settings/strings.en.json' with { type: 'json' };
import snapshots from '../features/snapshots/strings.en.json' with { type: 'json' };
import start from '../features/start/strings.en.json' with { type: 'json' };
import suggestions from '../features/suggestions/strings.en.json' with { type: 'json' };
import trash from '../features/trash/strings.en.json' with { type: 'json' };
import versions from '../features/versions/strings.en.json' with { type: 'json' };
import shell from './strings.en.json' with { type: 'json' };

/** All strings of the interface, in one file a feature. No two files may have the same top-level key. */
export const en = {
  ...shell,
  ...common,
  ...captures,
  ...charts,
  ...commonCommands,
  ...addToDossier,
  ...files,
  ...memos,
  ...passages,
  ...places,
  ...queryForm,
  ...timeStamps,
  ...claims,
  ...codebook,
  ...coding,
  ...commands,
  ...diagnostics,
  ...dossier,
  ...desk,
  ...evidence,
  ...exchange,
  ...exporting,
  ...figuresTable,
  ...importing,
  ...inspector,
  ...library,
  ...figureCards,
  ...masks,
  ...merge,
  ...pageStyles,
  ...palette,
  ...people,
  ...print,
  ...reader,
  ...relations,
  ...review,
  ...search,
  ...settings,
  ...snapshots,
  ...start,
  ...suggestions,
  ...trash,
  ...versions,
};

type English = typeof en;
/** Tells `useTranslation` which keys there are; common/ itself may not import a feature's strings. */
declare module '../common/strings/use-translation.ts' {
  interface Strings extends English {}
}

/** Starts i18next. The strings are bundled, so it is ready at once. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { translation: en } },
    // React escapes HTML; inserted values only need isolates, so that their direction does not affect the sentence.
    interpolation: { escapeValue: true, escape: isolated },
    returnNull: false,
    initAsync: false,
  });
  // i18next would create an Intl.NumberFormat for each number: 300 ms for the names of 1,800 codes in a margin.
  i18next.services.formatter?.add('number', (value: number) => formatNumber(value));
  i18next.services.formatter?.add('lowerFirst', (label) => lowerFirst(String(label)));
  i18next.services.formatter?.add('quoted', (label) => quoted(String(label)));
}
