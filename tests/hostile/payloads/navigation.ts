/* oxlint-disable no-script-url -- these addresses are what is tested */
import { dataPage, each, payloads, type Payload } from './payload.ts';

const ADDRESSES = [
  'javascript:alert(1)',
  ' &#1; jav&#x09;ascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'javascript&colon;alert(1)',
  '&#106;avascript:alert(1)',
  'java\nscript:alert(1)',
  'javascript://%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'blob:https://HOST/1',
  'https://HOST/',
  '//HOST/',
  '\\\\HOST\\share',
  'file:///etc/passwd',
  'filesystem:https://HOST/t',
  'about:blank',
  'about:srcdoc',
  'view-source:https://HOST/',
  'chrome://settings/',
  'intent://HOST/#Intent;end',
  'ms-msdt:/id',
  'mailto:a@HOST',
  'feed:javascript:alert(1)',
  'jar:https://HOST!/',
  'ws://HOST/',
  '/',
  '?q',
  '../',
  'app/start',
];

/** Ways to leave the page, or to make something else leave. */
export const NAVIGATION: readonly Payload[] = [
  ...each('link', ADDRESSES, (address) => `<a href="${address}">x</a>`),
  ...each(
    'link to the top',
    ['https://HOST/', 'javascript:alert(1)', 'data:text/html,x'],
    (address) => `<a target=_top href="${address}">x</a>`,
  ),
  ...each(
    'link to',
    ['_blank', '_parent', '_self', 'named', '_unfencedTop'],
    (target) => `<a target=${target} href=https://HOST/>x</a>`,
  ),
  ...each(
    'form to',
    ['https://HOST/f', 'javascript:alert(1)', 'mailto:a@HOST'],
    (address) =>
      `<form action="${address}" method=post><input name=a value=b><button>go</button><input type=submit></form>`,
  ),
  ...payloads('link', {
    ping: '<a href=#x ping=https://HOST/ping>x</a><p id=x>y',
    download: '<a href=https://HOST/x download>x</a>',
    'download of a data address': '<a href="data:application/octet-stream,x" download=x.exe>x</a>',
    attribution: '<a href=# attributionsrc=https://HOST/at>x</a><img attributionsrc=https://HOST/at2>',
    'text fragment': '<a href="#:~:text=x">x</a>',
    'in an image map':
      '<map name=m><area shape=default href=javascript:alert(1)><area shape=rect coords=0,0,99,99 href=https://HOST/></map><img usemap=#m width=99 height=99 src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    'server image map':
      '<a href=https://HOST/><img ismap width=99 height=99 src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></a>',
    'around everything': '<a href=https://HOST/ style="position:fixed;inset:0">x</a>',
    'label for a button': '<form action=https://HOST/><label for=b>x</label><button id=b>y</button></form>',
    'editable link': '<div contenteditable><a href=https://HOST/>x</a></div>',
    dragged: '<a draggable=true href=https://HOST/ ondragstart=alert(1)>x</a>',
    'interest target': '<a interestfor=i href=https://HOST/>x</a><div popover id=i>y</div>',
  }),
  ...payloads('meta', {
    refresh: '<meta http-equiv=refresh content="0;url=https://HOST/">',
    'refresh to a script': '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    'refresh to data': `<meta http-equiv=refresh content="0;url=${dataPage('<script>alert(1)</script>')}">`,
    'refresh in the body': '<p>x<meta http-equiv=refresh content="0;https://HOST/">',
    'refresh in noscript': '<noscript><meta http-equiv=refresh content="0;url=https://HOST/ns"></noscript>',
    'refresh in a frame': '<iframe srcdoc="<meta http-equiv=refresh content=\'0;url=https://HOST/\'>"></iframe>',
    cookie: '<meta http-equiv=set-cookie content="a=b">',
    'weaker policy':
      '<meta http-equiv=Content-Security-Policy content="default-src *">x<img src=https://HOST/cspm.png>',
    reports:
      '<meta http-equiv=Content-Security-Policy content="img-src \'none\'; report-uri https://HOST/rep"><img src=x>',
    'client hints': '<meta http-equiv=delegate-ch content="sec-ch-ua https://HOST"><img src=https://HOST/ch.png>',
    'origin trial': '<meta http-equiv=origin-trial content=AAAA>x',
    referrer: '<meta name=referrer content=unsafe-url><img src=https://HOST/ref.png>',
    'dns prefetch on': '<meta http-equiv=x-dns-prefetch-control content=on><a href=https://HOST/>x</a>',
    'theme and monetization': '<meta name=monetization content="$HOST"><link rel=monetization href=https://HOST/>',
  }),
  ...payloads('base', {
    'with pictures': '<base href="https://HOST/"><img src=x.png><a href=y>t</a>',
    target: '<base target=_top href="https://HOST/"><a href=y>t</a><form><button>b</button></form>',
    script: '<base href="javascript:alert(1)//"><a href=y>t</a>',
    'in the body': '<p>a<base href=https://HOST/><img src=z.png>',
  }),
  ...payloads('form', {
    'submitted by script': '<form action=https://HOST/f id=f><input name=a value=b></form><script>f.submit()</script>',
    'submitted by Enter': '<form action=https://HOST/f><input autofocus name=a></form>',
    'to where it is': '<form><input name=a value=b><button>go</button></form>',
    formaction:
      '<form><button formaction=javascript:alert(1)>x</button><input type=submit formaction=https://HOST/fa></form>',
    'button outside': '<form id=o action=https://HOST/o></form><button form=o>x</button>',
    'picture button': '<form action=https://HOST/f><input type=image src=https://HOST/im.png></form>',
    'dialog method': '<dialog open><form method=dialog action=https://HOST/d><button>x</button></form></dialog>',
    isindex: '<isindex action=https://HOST/ type=image src=https://HOST/i>',
    'keygen and command': '<keygen autofocus onfocus=alert(1)><command type=command onclick=alert(1)>',
    'file field':
      '<form action=https://HOST/ enctype=multipart/form-data method=post><input type=file name=f><button>x</button></form>',
    'selected list': '<select onchange=alert(1) autofocus><option>a<option selected>b</select>',
    'output and datalist': '<input list=l autofocus><datalist id=l><option value=x onclick=alert(1)></datalist>',
  }),
];
