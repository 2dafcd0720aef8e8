/** Words around a share or a multiple that is written in words. Patterns end, or begin, at it. */

/** “Half as many again”, 多出一半: so much more. */
export const AGAIN = /^ (?:again\b|as (?:many|much|large) again\b)/i;
export const MORE = /(?:(?<![最至不])多|高)(?:出|了)?$/;
export const LESS = /(?:(?<![至不最])少|低)(?:了)?$/;
/** “Fell to a third of”: what is left of it, no change by a third. */
export const REACHES =
  /\b(?:to|at|only|just|now) (?:(?:about|nearly|some|over|only|just|less than|more than) )?$|(?:到|至|为)(?:约|近)?$/i;
/** 超过一半, “more than half”: a bound of the share, no excess over something. */
export const BOUND =
  /(?:超过|逾|超|近|约占?|不到|不足|将近|接近|仅|只|高达|大约)$|\b(?:more than|over|fewer than|less than|nearly|almost|about|some|roughly|around|just|only|a little (?:over|under)|well over|close to) $/i;

/** “A third of the 930”, “one in four of the 6,000”: before the whole. */
export const WHOLE_AFTER =
  /^ ?(?:of|out of)(?: (?:the|its|their|all|these|those|this|that|a))?(?: (?:[\p{L}’'-]+ ){0,3})?$|^ ?of (?:the|all|its|their) [\p{L}’' -]{1,30} $/u;
/** 占总数5,200人的一半, 1,500户中，超过一半: after the whole. */
export const WHOLE_BEFORE =
  /^[^，。；\d]{0,4}的(?:约|近|将近|超过)?$|^[^，。；\d]{0,4}(?:中|里|之中)[，,]?(?:有)?(?:约|近|超过)?$/;
/** “, or 192”, “ (1,640)”, “, 120,”, “ = 192”, 即800户, 共1,080人: after the share, before the part. */
export const PART_AFTER =
  /^[^.;。；\d]{0,60}(?:,? or|[,(（]|:)(?: (?:about|some|nearly|roughly|only|that is,?))? ?$|^(?:即|，?共|，?约|，?有|的[^，。；\d]{1,8}(?:即|共|有|约))$/i;
/** “1,350, or a third”, “were half”, 1,350人，占三成: between the part and the share. */
export const PART_BEFORE =
  /^[^.;。；\d]{0,40}(?:,|\bor|\(|\bwere|\bwas|\bis|\bare|[，（]|占|即|为)[^.;,，。；\d]{0,16}$/i;

/** “2,526 people, or a fifth”; 1,350人，约占三成. */
export const ATTACHED_PART =
  /^(?: [\p{L}’'-]+){0,3}(?:, or| or|,| \()(?: (?:which|that) (?:is|was|are|were))?(?: (?:about|some|nearly|roughly|only|(?:just |well )?(?:under|over|below|above)|(?:less|more) than))? $|^[，,]?(?:约|仅|只)?占(?:总数的|全部的)?$/u;

/** “Twice as many as the 3,200”, “three times the 5,000”, “a third more than the 900”: before what is compared with. */
export const BASE_AFTER =
  /^,?(?: (?:as|the|that|those|of|than|more|less|fewer|higher|lower|larger|many|much|large|high|again|number|figure|amount|level|what|its|in|for|a|an|(?:compared (?:to|with)(?: the (?:peak|earlier|previous|initial))?)))+ (?:[\p{L}’'-]+ ){0,2}[(]?$/iu;
/** 是2019年1.8亿元的两倍, 比去年的1,600人次多出: after what is compared with. */
export const BASE_BEFORE =
  /^[^，。；\d]{0,4}(?:的|(?:增|减|多|少|高|低|增长|减少|增加|提高|下降)(?:出|了)?)(?:约|近|超过)?$/;
/** “…to B from A”, 由/从 first is read elsewhere. */
export const TO_FROM = /^(?: [\p{L}’'-]+){0,5},? (?:up |down )?from (?:about |some |the )?$/iu;
export const TO = /\bto (?:about |some |only |just )?$/i;
