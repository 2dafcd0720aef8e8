import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { png, type Rgb } from './pictures.ts';

/** A page made for comparing: its markup, and its resources by address relative to {@link FIDELITY_ADDRESS}. */
export interface FidelityPage {
  readonly html: string;
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}
export const FIDELITY_ADDRESS = 'https://page.test/a/index.html';

const FONTS = join(import.meta.dirname, '../../node_modules');
const font = (path: string): Buffer => readFileSync(join(FONTS, path));
const dataUrl = (type: string, bytes: Buffer): string => `data:${type};base64,${bytes.toString('base64')}`;
const SERIF = font('@fontsource-variable/noto-serif/files/noto-serif-latin-wght-normal.woff2');
const CHINESE = font('@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2');
const ARABIC = font('@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2');

/** Squares in four colours, so that wrong cropping or placing is visible. */
const COLOURS: readonly Rgb[] = [
  [200, 40, 40],
  [40, 140, 60],
  [40, 70, 190],
  [230, 180, 30],
];
const PICTURE = png(80, 80, {
  paint: (x, y) => COLOURS[(x < 40 ? 0 : 1) + (y < 40 ? 0 : 2)] ?? [0, 0, 0],
});

const DOCTYPE = '<!DOCTYPE html><meta charset="utf-8">';
const LIMITED =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';
const ENGLISH = 'All human beings are born free and equal in dignity and rights. They are endowed with reason. ';
const HAN = '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。';
const UYGHUR = 'ھەممە ئادەم زانىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان. ';
const times = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');

/** The elements web pages are made of, one page for each kind, with text from the Universal Declaration. */
export const FIDELITY_PAGES: Readonly<Record<string, FidelityPage>> = {
  'tables, attributes of old': {
    html: `${DOCTYPE}<body bgcolor="#eef4ff" text="#222266" link="#aa0000"><table border="2" cellpadding="6" cellspacing="4" width="80%" align="center" bgcolor="#ffffff" rules="rows"><caption>${ENGLISH}</caption><colgroup><col width="120" style="background:#fee"><col span="2"></colgroup><thead><tr><th>Year<th colspan="2">Number</thead>${times(12, (i) => `<tr valign="top" height="${20 + i}"><td rowspan="1" align="right" bgcolor="#dde">${1990 + i}<td nowrap>${i * 371}<td>${ENGLISH}`)}</table><hr noshade size="6" width="50%" color="#c00"><font size="5" color="green" face="serif">${ENGLISH}</font><center><a href="x">a link</a> <table><tr><td background="p.png" width="200" height="80">on a picture</table></center>`,
    parts: { 'p.png': PICTURE },
  },
  'floats and positions': {
    html: `${DOCTYPE}<style>.l{float:left;width:220px;height:140px;background:#cde;margin:8px;shape-outside:circle()}.r{float:right;width:30%;background:#fdc;padding:1em}.f{position:fixed;right:20px;bottom:20px;background:#222;color:#fff;padding:12px;z-index:3}.s{position:sticky;top:0;background:#fe8}.abs{position:absolute;left:400px;top:500px;transform:rotate(12deg);background:#8cf;padding:9px}p::first-letter{font-size:3em;float:left}p::first-line{color:#900}</style><div class=s>sticky</div><div class=l></div><div class=r>${ENGLISH}</div>${times(8, () => `<p>${ENGLISH.repeat(3)}</p>`)}<div class=f>fixed</div><div class=abs>absolute</div>`,
  },
  'grid and flex': {
    html: `${DOCTYPE}<style>body{display:grid;grid-template:"h h" 80px "n m" 1fr/240px 1fr;gap:12px;margin:0;height:100vh}header{grid-area:h;background:#345;color:#fff;display:flex;justify-content:space-between;align-items:center;padding:0 20px}nav{grid-area:n;display:flex;flex-direction:column;gap:8px}nav a{background:#def;padding:8px}main{grid-area:m;columns:3 200px;column-rule:2px dotted #888}.c{display:grid;grid-template-columns:repeat(auto-fill,minmax(90px,1fr));gap:4px}.c i{aspect-ratio:1;background:hsl(calc(var(--i)*30deg) 60% 70%)}</style><header><b>Paper</b><form><input placeholder=Search> <button>Go</button></form></header><nav>${times(6, (i) => `<a href="/${i}">Section ${i}</a>`)}</nav><main>${times(10, () => `<p>${ENGLISH}`)}<div class=c>${times(12, (i) => `<i style="--i:${i}"></i>`)}</div></main>`,
  },
  'Uyghur, right to left': {
    html: `<!DOCTYPE html><html dir=rtl lang=ug><meta charset="utf-8"><style>@font-face{font-family:U;src:url(u.woff2)}body{font:22px/1.8 U;margin-inline-start:3em}li{border-inline-start:6px solid #a33}blockquote{float:inline-end;width:40%;background:#eee}</style><h1>${UYGHUR}</h1><blockquote>${UYGHUR.repeat(2)}</blockquote><ol>${times(5, () => `<li>${UYGHUR}<bdi>English 12</bdi>`)}</ol><p><bdo dir=ltr>${UYGHUR}</bdo><table border=1><tr><td>${UYGHUR}<td>2</table>`,
    parts: { 'u.woff2': ARABIC },
  },
  'Chinese, vertical, ruby': {
    html: `<!DOCTYPE html><html lang=zh-CN><meta charset="utf-8"><style>@font-face{font-family:C;src:url("fonts/c.woff2") format("woff2")}body{font:20px/1.9 C;writing-mode:vertical-rl;text-orientation:mixed;height:860px}em{text-emphasis:filled dot #c00;font-style:normal}.t{text-combine-upright:all}</style><h2>世界人权宣言</h2>${times(8, (i) => `<p>${HAN}<em>第${i}条</em><span class=t>12</span> and <ruby>权<rt>quán</rt>利<rt>lì</rt></ruby>`)}`,
    parts: { 'fonts/c.woff2': CHINESE },
  },
  'font as data:, pictures behind, sprites': {
    html: `${DOCTYPE}<style>@font-face{font-family:D;src:url(${dataUrl('font/woff2', SERIF)}) format("woff2");font-weight:100 900}body{font:700 24px D;background:#fff url("../img/p.png") repeat-x 0 bottom/40px}.i{display:inline-block;width:40px;height:40px;background:url('../img/p.png') -40px 0}.j{background-position:0 -40px}.g{height:120px;background:linear-gradient(45deg,#fc0,#08f),url(../img/p.png)}.b{border:20px solid;border-image:url(../img/p.png) 30 round;padding:9px}ul{list-style-image:url(../img/s.png)}.m{width:80px;height:80px;background:#333;mask:url(../img/p.png);-webkit-mask-image:image-set("../img/p.png" 1x)}a[href]{color:#060}a:link{text-decoration-color:#f0f}q::before{content:url(../img/s.png)}</style><p>${ENGLISH}<i class=i></i><i class="i j"></i> <a href=z>link</a> <a>no link</a> <q>quoted</q><div class=g></div><div class=b>${ENGLISH}</div><ul><li>one<li>two</ul><div class=m></div><picture><source srcset="../img/p.png 2x" media="(min-width:100px)"><img src=none.png width=120 alt=x></picture><img src="../img/p.png" width=60 height=30 style="object-fit:cover" alt=""><img src=gone.png alt="a missing picture" width=200 height=60>`,
    parts: { '../img/p.png': PICTURE, '../img/s.png': png(16, 16, { paint: () => [180, 20, 120] }) },
  },
  frameset: {
    html: `<html><frameset rows="90,*" border=4><frame src=top.html scrolling=no noresize><frameset cols="25%,*,2*"><frame src=nav.html><frame src=p.png><frame src=main.html marginwidth=40></frameset></frameset></html>`,
    parts: {
      'top.html': '<body bgcolor="#334455" text=white><h1>A site of old</h1>',
      'nav.html': `<body bgcolor="#ffe"><ul>${times(10, (i) => `<li><a href=${i}>Chapter ${i}</a>`)}</ul>`,
      'main.html': `<style>p{color:#800}</style><h2>Main</h2>${times(5, () => `<p>${ENGLISH}`)}`,
      'p.png': PICTURE,
    },
  },
  iframes: {
    html: `${DOCTYPE}<style>p{color:#00a}.b{border:6px double #0a0;width:500px;height:160px}</style><p>${ENGLISH}<iframe src=in.html width=400 height=200></iframe><iframe class=b srcdoc="<body style='background:#ffd;margin:20px'><p>In a frame</p>"></iframe><iframe src=p.png width=200 height=150 frameborder=0></iframe><iframe src=gone.html></iframe><iframe src=long.html width=50% height=120></iframe><object data=p.png width=90></object><embed src=p.png width=60 height=60><p>${ENGLISH}`,
    parts: {
      'in.html': `<!DOCTYPE html><html style="background:#e0f0e0"><style>body{font:18px sans-serif}h1{color:red}:root{--x:#909}p{color:var(--x);margin:0}</style><h1>Framed</h1><p>${ENGLISH}`,
      'long.html': times(30, () => `<p>${ENGLISH}`),
      'p.png': PICTURE,
    },
  },
  'quirks mode': {
    html: `<html><style>td{font-size:inherit}.x{width:300px;padding:20px;border:5px solid;height:60px}.i img{display:inline}.C{color:red}</style><body><div class=X>box ${ENGLISH}</div><font size=6><table border=1><tr><td>table of body's size<td height=100%>x</table></font><table cellspacing=0 cellpadding=0><tr><td class=i><img src=p.png><tr><td><img src=p.png></table><p class=c>class in other case<form>a</form><input size=20 value=quirk style="width:200px;padding:10px"><div style="height:50%;background:#fcc">half of what</div><img src=p.png align=right hspace=20><p style="color:ff0000;width:200;border:1 solid">${ENGLISH}`,
    parts: { 'p.png': PICTURE },
  },
  'limited-quirks mode': {
    html: `${LIMITED}<html><head><meta charset="utf-8"><style>.x{width:300px;padding:20px;border:5px solid}td{border:1px solid #aaa}</style></head><body>${times(3, () => `<table cellspacing="0" cellpadding="0"><tr><td><img src="p.png"></td><td>${ENGLISH}</td></tr><tr><td><a href="x"><img src="p.png" border="0"></a></td><td></td></tr></table>`)}<div class="x">${ENGLISH}</div></body></html>`,
    parts: { 'p.png': PICTURE },
  },
  'form fields': {
    html: `${DOCTYPE}<style>label{display:block;margin:6px}.w{width:400px;height:90px;font:14px monospace;border:3px solid #06c}input:focus{outline:0}input:disabled{background:#f00}textarea:read-write{color:#060}</style><form><fieldset><legend>Who</legend><label>Name <input name=n value="Aynur" size=30></label><label>Word <input placeholder="type here"></label><label>Secret <input type=password value=secret></label><label>File <input type=file></label><label><input type=checkbox checked> yes <input type=radio name=r> a <input type=radio name=r checked> b</label><label>Number <input type=number value=7> <input type=range value=30> <input type=color value="#22aa88"> <input type=date value=2019-04-03></label></fieldset><select><option>one<option selected>second of them</select> <select multiple size=4><option>a<option selected>b<optgroup label=g><option>c</optgroup></select> <textarea rows=4 cols=40>A text\n  of two lines</textarea> <textarea class=w>${ENGLISH}</textarea> <textarea placeholder="nothing yet"></textarea><p><input type=submit> <input type=reset> <input type=submit value=Send> <input type=button value=Button> <button disabled>shut</button> <input type=image src=p.png width=40 height=40><p><progress value=.4></progress> <meter value=.7>x</meter> <input disabled value=shut> <output>out</output></form>`,
    parts: { 'p.png': PICTURE },
  },
  'lists and counters': {
    html: `${DOCTYPE}<style>@counter-style star{system:cyclic;symbols:"★" "☆";suffix:" "}body{counter-reset:h}h3{counter-increment:h}h3::before{content:counter(h,upper-roman) ". "}.s{list-style:star}.n{counter-reset:i}.n li{display:block}.n li::before{counter-increment:i;content:counters(i,".") " "}li::marker{color:#c00}.at::after{content:" (" attr(data-x) ")"}a[href]::after{content:" [" attr(href) "]"}</style><h3>One</h3><ol type=A start=3><li>a<li value=9>b<li>c</ol><ol reversed><li>x<li>y</ol><h3>Two</h3><ul class=s><li>x<li>y<li>z</ul><ul class=n><li>p<ul class=n><li>q<li>r</ul><li>s</ul><dl><dt>term<dd>${ENGLISH}</dl><ul type=square><li>sq<ul type=disc><li>di</ul></ul><menu><li>m</menu><p class=at data-x=attribute>has <p><a href=https://x.test/y>link</a> <a href=rel/z>relative</a> <dir><li>dir</dir>`,
  },
  'conditions, layers, nesting, zoom': {
    html: `${DOCTYPE}<link rel=stylesheet href=s.css media=screen><link rel=stylesheet href=print.css media=print><style>@layer base,theme;@layer theme{p{color:#060}}@layer base{p{color:#f00}}@media (min-width:1000px) and (prefers-color-scheme:light){.w{background:#ffd}}@supports (display:grid){.g{border:2px solid #00f}}@container card (min-width:300px){.k{font-size:28px}}.card{container:card/inline-size;width:400px;& .k{background:#eef;&:hover{color:red}&::after{content:"nested"}}}:root{--a:#a0a;--b:var(--a);--s:calc(2px*8)}.v{color:var(--b);font-size:var(--s,9px);padding:max(4px,1vw)}.z{zoom:1.5}@scope (.sc) to (.no){b{color:#0aa}}.h:has(> b){outline:3px dashed #f80}:is(.i1,.i2) u{background:#fcf}.o{color:oklch(60% .2 30);background:color-mix(in srgb,#fff,#00f 20%);filter:sepia(.5);backdrop-filter:blur(2px);mix-blend-mode:multiply}@property --pp{syntax:"<length>";inherits:false;initial-value:40px}.p{margin-left:var(--pp)}.a{animation:k 1s both paused;animation-delay:-.5s}@keyframes k{from{margin-left:0}to{margin-left:200px}}.t{clip-path:polygon(0 0,100% 0,90% 100%,10% 100%);background:#9cf;height:40px}.ln{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;width:300px}</style><p class=w>${ENGLISH}<p class=g>grid<div class=card><div class=k>container </div></div><div class=v>variable</div><div class=z>zoomed ${ENGLISH}</div><div class=sc><b>scoped</b> <span class=no><b>not</b></span></div><div class=h><b>has</b></div><div class=i1><u>is</u></div><div class=o>colours</div><div class=p>property</div><div class=a>animated</div><div class=t></div><div class=ln>${ENGLISH.repeat(3)}</div><p class=imp>imported</p><details open><summary>Open</summary>${ENGLISH}</details><details><summary>Shut</summary>not seen</details><dialog open>a dialog</dialog>`,
    parts: {
      's.css':
        '@import "i.css" layer(x) screen and (min-width:10px);@import url(j.css) supports(display:flex);body{font-family:sans-serif}',
      'i.css': '.imp{color:#b50;font-weight:bold}',
      'j.css': '.imp{letter-spacing:4px}',
      'print.css': 'body{display:none}',
    },
  },
  'drawings and formulas': {
    html: `${DOCTYPE}<style>.c{fill:#c33;stroke:#000}svg text{font:20px serif}</style><svg width=500 height=300 viewBox="0 0 500 300"><defs><linearGradient id=g><stop offset=0 stop-color="#f80"/><stop offset=1 stop-color="#08f"/></linearGradient><symbol id=s viewBox="0 0 10 10"><path d="M0 0L10 5L0 10z"/></symbol><clipPath id=cp><circle cx=60 cy=220 r=50 /></clipPath><pattern id=pt width=10 height=10 patternUnits=userSpaceOnUse><rect width=5 height=5 fill=purple /></pattern><filter id=fl><feGaussianBlur stdDeviation=3 /></filter></defs><rect width=200 height=80 fill="url(#g)"/><circle class=c cx=300 cy=60 r=40 /><use href="#s" x=360 y=20 width=60 height=60 /><use xlink:href="#s" x=420 y=20 width=60 height=60 /><g clip-path="url(#cp)"><rect x=0 y=160 width=200 height=140 fill="url(#pt)"/></g><image href=p.png x=150 y=150 width=80 height=80 /><rect x=260 y=160 width=60 height=60 filter="url(#fl)"/><a href=x><text x=20 y=140>link in a drawing</text></a><foreignObject x=340 y=150 width=150 height=100><p xmlns="http://www.w3.org/1999/xhtml">foreign words</p></foreignObject><text x=340 y=280><tspan fill=red>spans</tspan> of text</text></svg><img src=d.svg width=120><math display=block><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><msqrt><mi>c</mi></msqrt></mfrac></math><canvas width=100 height=50></canvas><video width=200 height=100 poster=p.png></video><audio controls></audio>`,
    parts: {
      'p.png': PICTURE,
      'd.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><style>rect{fill:teal}</style><rect width="10" height="10"/></svg>',
    },
  },
  'shadow trees and odd elements': {
    html: `${DOCTYPE}<style>p{color:#036}</style><div><template shadowrootmode=open><style>:host{display:block;border:3px solid #090;padding:9px}p{color:#c00}::slotted(b){color:#00c}</style><p>shadow</p><slot name=s></slot><slot></slot></template><b slot=s>named </b>light <b>bold</b></div><p>${ENGLISH}<my-card style="display:block;background:#fed">own element</my-card><marquee width=300 bgcolor="#ccc">marquee</marquee><blink>blink</blink><center>centre</center><big>big</big> <tt>tt</tt> <strike>s</strike><xmp><b>xmp</b></xmp><listing>listing</listing><nobr>${ENGLISH}</nobr><p><map name=m><area shape=rect coords=0,0,9,9 href=x></map><abbr title=x>abbr</abbr> <kbd>kbd</kbd> <mark>mark</mark> <time>t</time> <ins>i</ins> <del>d</del> <q>q</q> x<sub>1</sub><sup>2</sup><p hidden>hidden<div popover>popover</div><div inert>inert</div><p contenteditable style="-webkit-user-modify:read-write">edit<figure><img src=p.png alt=""><figcaption>caption</figcaption></figure><pre>\n pre\n  formatted</pre><address>address</address><h1>h</h1><section><h1>h in a section</h1></section>`,
    parts: { 'p.png': PICTURE },
  },
};
