import { describe, expect, it } from 'vitest';
import { builtInGazetteer } from '../../../../electron/project/places/gazetteer.ts';
import { placeFinder } from '../../../../shared/places/find-places.ts';
import { placeTitle } from '../../../../shared/places/gazetteer.ts';

const gazetteer = builtInGazetteer();
const finder = placeFinder(gazetteer);
const ids = (text: string, year: number | null = null): (string | null)[] =>
  finder.find(text, { year }).map(({ place }) => place);
const sure = (text: string, year: number | null = null): (string | null)[] =>
  finder
    .find(text, { year })
    .filter((one) => one.sure)
    .map(({ place }) => place);

describe('names of places', () => {
  it('are found as search folds text, and cut from the text as it stands', () => {
    for (const text of [
      'ＫＡＲＡＫＡＸ　ＣＯＵＮＴＹ',
      'karakax county',
      'Kárakax\nCounty',
      'Kara\u00adkax County',
      '墨玉縣',
      '墨\u200b玉县',
    ])
      expect([text, finder.find(`x ${text}.`, { year: null })]).toEqual([
        text,
        [{ start: 2, end: 2 + text.length, text, place: 'xj-moyu-co', sure: true, asks: [], helped: null }],
      ]);
    // Presentation forms, as some PDFs have them, and a letter that two keyboards write differently.
    expect(ids('ﺧﻮﺗﻪﻥ ۋىلايىتى')).toEqual(['xj-hotan-pref']);
    expect(ids('خوتەن ۋيلايىتى')).toEqual(['xj-hotan-pref']);
  });

  it('end where words end, in scripts that have words; an ending of Uyghur is no part of the name', () => {
    expect(ids('Kashgaria Hotanese Aksum Hamilton xHotan Hotan_1')).toEqual([]);
    expect(finder.find('كورلىغا', { year: null })).toMatchObject([
      { start: 0, end: 5, text: 'كورلى', place: 'xj-korla-city' },
    ]);
    expect(ids('كورلاتتت')).toEqual([]);
    expect(ids('在Keriya工作，Keriya’s mill')).toEqual(['xj-yutian-co', 'xj-yutian-co']);
  });

  it('never take 于田 for 和田, nor either for a field', () => {
    expect(sure('于田的于田县，於田縣')).toEqual(['xj-yutian-co', 'xj-yutian-co', 'xj-yutian-co']);
    expect(ids('位于田间，用于田管，农户和田间道路，书画和田径')).toEqual([]);
  });

  it('ask where several bear one, and are decided by what stands beside them', () => {
    expect(finder.find('和田', { year: null })).toEqual([
      {
        start: 0,
        end: 2,
        text: '和田',
        place: null,
        sure: false,
        asks: ['xj-hotan-city', 'xj-hotan-co', 'xj-hotan-pref'],
        helped: null,
      },
    ]);
    expect(sure('和田行署')).toEqual(['xj-hotan-pref']);
    expect(sure('和田洛浦县')).toEqual(['xj-hotan-pref', 'xj-lop-co']);
    expect(sure('Hotan (和田地区)')).toEqual(['xj-hotan-pref', 'xj-hotan-pref']);
    expect(sure('喀什、和田地区')).toEqual(['xj-kashgar-pref', 'xj-hotan-pref']);
    expect(sure('Barkol and Yiwu counties')).toEqual(['xj-barkol-aco', 'xj-yiwu-co']);
    // A list, not a county and its prefecture.
    expect(sure('Yiwu, Hami and Korla')).toEqual(['xj-hami-pcity', 'xj-korla-city']);
  });

  it('are of one kind in a list that counts itself', () => {
    const prefectures = ['xj-hotan-pref', 'xj-kashgar-pref', 'xj-kizilsu-ap'];
    for (const end of ['三地州', '3个地州', '等四个地区'])
      expect(sure(`在和田、喀什、克州${end}推广`)).toEqual(prefectures);
    expect(sure('伊宁、霍城两县')).toEqual(['xj-yining-co', 'xj-huocheng-co']);
    expect(sure('霍城和伊宁等十二县')).toEqual(['xj-huocheng-co', 'xj-yining-co']);
    expect(sure('昌吉、阜康两市')).toEqual(['xj-changji-city', 'xj-fukang-city']);
    // Both a city and a county are called so; and five counties are not these two, nor are markets.
    expect(ids('和田、墨玉等三县一市')).toEqual([null, 'xj-moyu-co']);
    expect(ids('喀什、阿克苏五县')).toEqual([null, null]);
    expect(ids('昌吉、伊宁两市场')).toEqual([null, null]);
    expect(ids('和田三县')).toEqual([null]);
  });

  it('are likely beside one of their own prefecture in a list, sure beside two', () => {
    expect(ids('Fuyun County and Qinghe County')).toEqual(['xj-fuyun-co', 'xj-qinghe-co']);
    expect(sure('Fuyun County and Qinghe County')).toEqual(['xj-fuyun-co']);
    expect(sure('Minfeng, Qira and Yutian County in Xinjiang')).toContain('xj-yutian-co');
  });

  it('that have passed from one unit to another are decided by the date of the document', () => {
    expect(sure('吐鲁番市的统计', 2012)).toEqual(['xj-gaochang-dist']);
    expect(sure('吐鲁番市的统计', 2018)).toEqual(['xj-turpan-pcity']);
    expect(sure('吐鲁番市的统计', 2015)).toEqual([]);
    expect(sure('吐鲁番市2012年的统计', 2018)).toEqual([]);
    expect(sure('吐鲁番市的统计')).toEqual([]);
  });

  it('are not sure where they rest on weak sources, are a goods’ origin, or make a unit that is not known', () => {
    expect(finder.find('Altai Prefecture', { year: null })).toMatchObject([
      { place: 'xj-altay-pref', sure: false, asks: [] },
    ]);
    expect(finder.find('新疆棉花', { year: null })).toMatchObject([{ place: 'cn-xinjiang', sure: false }]);
    expect(finder.find('吉林市', { year: null })).toMatchObject([{ text: '吉林', sure: false }]);
    expect(ids('海南州，Hainan Tibetan Autonomous Prefecture')).toEqual([]);
  });

  it('of the XPCC are bodies, and only in a text about it', () => {
    expect(sure('兵团第八师，八师石河子市')).toEqual(['xpcc-div-08', 'xpcc-div-08', 'xj-shihezi-city']);
    expect(ids('第十三兵团渡江。第八师随后渡江。')).toEqual([]);
    expect(ids('统一师资，一师一优课，建筑工程师')).toEqual([]);
  });

  it('have a title in English where there is one', () => {
    const titles = new Map(gazetteer.places.map((place) => [place.id, placeTitle(place)]));
    expect(titles.get('xj-hotan-pref')).toBe('Hotan Prefecture');
    expect(titles.get('cn-beijing')).toBe('Beijing');
    expect([...titles.values()].every((title) => title.length > 1)).toBe(true);
  });

  it('of a team are found like those of the gazetteer, whatever a merge brought', () => {
    const own = placeFinder(gazetteer, {
      places: [
        { id: 'ring-a', parent: 'ring-b' },
        { id: 'ring-b', parent: 'ring-a' },
      ],
      names: [
        { place: 'ring-a', text: '柳泉县' },
        { place: 'ring-b', text: '柳泉县' },
        { place: 'xj-of-a-newer-gazetteer', text: 'Liuquan' },
        { place: 'xj-yutian-co', text: '柯里雅' },
      ],
    });
    expect(own.find('柳泉县、柯里雅，Liuquan', { year: null })).toMatchObject([
      { place: null, asks: ['ring-a', 'ring-b'] },
      { place: 'xj-yutian-co', sure: true },
      { place: 'xj-of-a-newer-gazetteer', sure: true },
    ]);
  });

  it('are decided by what the source’s record says where the words leave it open, never surely; by a person, surely', () => {
    const around = [
      { by: 'publisher' as const, places: ['cn-xinjiang'] },
      { by: 'title' as const, places: ['xj-hotan-pref'] },
    ];
    const meant = (text: string, decided: ReadonlyMap<string, string | null> = new Map()) =>
      finder
        .find(text, { year: null, around, decided })
        .map(({ place, sure: isSure, helped }) => [place, isSure, helped]);
    expect(meant('和田的夜市')).toEqual([['xj-hotan-pref', false, 'title']]);
    // The publisher comes first: all of the three are in Xinjiang, so that it decides nothing; of two Yutians one is.
    expect(meant('Yutian County')).toEqual([['xj-yutian-co', false, 'publisher']]);
    expect(meant('和田的夜市', new Map([['和田', 'xj-hotan-city']]))).toEqual([['xj-hotan-city', true, 'person']]);
    expect(meant('和田的夜市', new Map([['和田', null]]))).toEqual([]);
  });
});
