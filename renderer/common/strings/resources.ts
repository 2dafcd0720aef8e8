import main from './en.json' with { type: 'json' };
import captures from './en-captures.json' with { type: 'json' };
import coding from './en-coding.json' with { type: 'json' };
import codebook from './en-codebook.json' with { type: 'json' };
import commands from './en-commands.json' with { type: 'json' };
import handingOver from './en-export.json' with { type: 'json' };
import memos from './en-memos.json' with { type: 'json' };
import people from './en-people.json' with { type: 'json' };
import picture from './en-picture.json' with { type: 'json' };
import print from './en-print.json' with { type: 'json' };
import reader from './en-reader.json' with { type: 'json' };
import reading from './en-reading.json' with { type: 'json' };
import review from './en-review.json' with { type: 'json' };
import search from './en-search.json' with { type: 'json' };
import side from './en-side.json' with { type: 'json' };
import settings from './en-settings.json' with { type: 'json' };
import settling from './en-page-styles.json' with { type: 'json' };
import team from './en-merge.json' with { type: 'json' };
import trash from './en-trash.json' with { type: 'json' };
import versions from './en-versions.json' with { type: 'json' };

/** All words of the interface, in a file for each room that has many. Top-level keys must not meet. */
export const en = {
  ...main,
  ...captures,
  ...codebook,
  ...coding,
  ...commands,
  ...handingOver,
  ...memos,
  ...people,
  ...picture,
  ...print,
  ...reader,
  ...reading,
  ...review,
  ...search,
  ...settings,
  ...settling,
  ...side,
  ...team,
  ...trash,
  ...versions,
};
