/** Words around a share or a multiple that is written in words. Patterns end, or begin, at it. */

/** Words that make a share an increase: “half as many again”, 多出一半 (“half more”). */
export const AGAIN = /^ (?:again\b|as (?:many|much|large) again\b)/i;
export const MORE = /(?:(?<![最至不])多|高)(?:出|了)?$/;
export const LESS = /(?:(?<![至不最])少|低)(?:了)?$/;
/** Words before what is left, which is no change by that share: “fell to a third of”. */
export const REACHES =
  /\b(?:to|at|only|just|now) (?:(?:about|nearly|some|over|only|just|less than|more than) )?$|(?:到|至|为)(?:约|近)?$/i;
/** Words of a bound, which are no excess over something: 超过一半 (“more than half”). */
export const BOUND =
  /(?:超过|逾|超|近|约占?|不到|不足|将近|接近|仅|只|高达|大约)$|\b(?:more than|over|fewer than|less than|nearly|almost|about|some|roughly|around|just|only|a little (?:over|under)|well over|close to) $/i;

/** The whole after a share: “a third of the 930”, “one in four of the 6,000”. */
export const WHOLE_AFTER =
  /^ ?(?:of|out of)(?: (?:the|its|their|all|these|those|this|that|a))?(?: (?:[\p{L}’'-]+ ){0,3})?$|^ ?of (?:the|all|its|their) [\p{L}’' -]{1,30} $/u;
/** After the whole: 占总数5,200人的一半 (“half of the total of 5,200”), 1,500户中，超过一半 (“of 1,500 households more than half”). */
export const WHOLE_BEFORE =
  /^[^，。；\d]{0,4}的(?:约|近|将近|超过)?$|^[^，。；\d]{0,4}(?:中|里|之中)[，,]?(?:有)?(?:约|近|超过)?$/;
/**
 * After the share, before the part: “, or 192”, “ (1,640)”, “, 120,”, “ = 192”, 即800户 (“that is 800 households”), 共1,080人 (“in all 1,080
 * people”).
 */
export const PART_AFTER =
  /^[^.;。；\d]{0,60}(?:,? or|[,(（]|:)(?: (?:about|some|nearly|roughly|only|that is,?))? ?$|^(?:即|，?共|，?约|，?有|的[^，。；\d]{1,8}(?:即|共|有|约))$/i;
/** Between the part and the share: “1,350, or a third”, “were half”, 1,350人，占三成 (“1,350 people, three tenths”). */
export const PART_BEFORE =
  /^[^.;。；\d]{0,40}(?:,|\bor|\(|\bwere|\bwas|\bis|\bare|[，（]|占|即|为)[^.;,，。；\d]{0,16}$/i;

/** Between a part and the share attached to it: “2,526 people, or a fifth”; 1,350人，约占三成 (“1,350 people, about three tenths”). */
export const ATTACHED_PART =
  /^(?: [\p{L}’'-]+){0,3}(?:, or| or|,| \()(?: (?:which|that) (?:is|was|are|were))?(?: (?:about|some|nearly|roughly|only|(?:just |well )?(?:under|over|below|above)|(?:less|more) than))? $|^[，,]?(?:约|仅|只)?占(?:总数的|全部的)?$/u;

/** Before the value that is compared with: “twice as many as the 3,200”, “three times the 5,000”, “a third more than the 900”. */
export const BASE_AFTER =
  /^,?(?: (?:as|the|that|those|of|than|more|less|fewer|higher|lower|larger|many|much|large|high|again|number|figure|amount|level|what|its|in|for|a|an|(?:compared (?:to|with)(?: the (?:peak|earlier|previous|initial))?)))+ (?:[\p{L}’'-]+ ){0,2}[(]?$/iu;
/** After the value that is compared with: 是2019年1.8亿元的两倍 (“twice the 180 million yuan of 2019”), 比去年的1,600人次多出 (“more than last year’s 1,600 by”). */
export const BASE_BEFORE =
  /^[^，。；\d]{0,4}(?:的|(?:增|减|多|少|高|低|增长|减少|增加|提高|下降)(?:出|了)?)(?:约|近|超过)?$/;
/** Between a later and an earlier value: “… to B from A”. The order of 由 and 从 (“from”) is read elsewhere. */
export const TO_FROM = /^(?: [\p{L}’'-]+){0,5},? (?:up |down )?from (?:about |some |the )?$/iu;
export const TO = /\bto (?:about |some |only |just )?$/i;
