/** Pages that parse strangely: each has broken a parser, a serialiser or a text function. */
const repeat = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => piece(i)).join('');

export const ODD_PAGES: Readonly<Record<string, string | Uint8Array>> = {
  empty: '',
  'text before the document': '<html><head>text in head<body class=a><body id=b>t</html>tail<p>x',
  'foster parenting': '<table>foo<tr>bar<td>a<b>x</table>y</b><table><form><tr><td>q</form></table>',
  'blocks in paragraphs': '<p>a<div>b</p>c<p><table><tr><td>d</p>e</table>',
  'links in links': '<a href=x>1<a href=y>2<table><a href=z>3</table></a>',
  'misnested formatting': '<b><i><p>x</b>y</i>z<font><p><font><p>k',
  'many formatting elements': repeat(2000, (i) => `<b id=${i}>x`) + '<p>'.repeat(50),
  'headings in headings': '<h1>a<h2>b</h1>c<button>d<button>e<select>f<select>g<option>i',
  'nobr in nobr': '<nobr>a<nobr>b<nobr><p>c</nobr>d',
  'forms in forms': '<form>a<form>b</form>c</form>d<table><tr><form><td>e</form></table>',
  'depth 600': '<div>'.repeat(600) + 'deep' + '</div>'.repeat(600) + 'after',
  'depth 5,000': '<div><p>t'.repeat(5000),
  'depth 3,000 inline': '<span>s '.repeat(3000),
  // Chromium splits text nodes at 65,536 units. (Without spaces between scripts: laying out 60,000 changes of font takes a minute.)
  'a text node of 200,000 units': '<p>' + 'abc def '.repeat(25_000) + '漢字'.repeat(5000),
  '20,000 paragraphs': '<p>x'.repeat(20_000),
  '5,000 attributes': `<p ${repeat(5000, (i) => `data-a${i}=1 `)}>t`,
  'pre with line ends at its start':
    '<pre>\n\n\n\n\n\n\n\n a\n\tb\r\nc </pre><textarea>\n\n x\n y</textarea><xmp>\n<b>k</b></xmp>',
  'listing and plaintext': '<listing>\n\n a <b>b</b></listing><plaintext>z<b>',
  'carriage returns': 'a\r\rb\r\n\nc<pre>a\rb\r\nc</pre>&#13;d<pre>e&#13;f&#13;&#10;g</pre>',
  nul: 'a\0b<p>\0c<svg><text>\0d</text></svg>&#0;&#x80;&#xD800;<pre>\0\ne</pre>',
  'white space': ' a <b> b </b> c<br> d <br><br>e<img>f<span>&nbsp; g</span>\n<p> h \u3000 i\u200b\u00adj</p>',
  'lines broken in Chinese': '<p>转移\n就业，<b>劳动力</b>\n   <i>输出</i> 到 town\n里 한국\n어</p>',
  'characters beyond the first plane': '<p>👨‍👩‍👧‍👦 🇨🇳 e\u0301 \u202eRTL\u202c 𠀀\n𠀁</p>',
  'shadow trees':
    '<div><template shadowrootmode=open><style>b{color:red}</style><b>sh</b><slot name=s>fb</slot><slot></slot></template><i slot=s>named</i>light</div><template>no</template>',
  'shadow trees in shadow trees': '<div><template shadowrootmode=open><slot></slot><slot></slot>'.repeat(40) + 'x',
  details:
    '<details><summary>s</summary>hid</details><dialog>no</dialog><dialog open>yes</dialog><p hidden>h</p><div popover>pop</div>',
  ruby: '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字<p>a<rp>b<rt>c<rb>d<rtc>e',
  fields:
    '<select><option>a<optgroup label=x><option>b</select><button>c<div>d</div></button><input value=v><select><div>rich</div><button>b</button></select>',
  'tables in tables': '<table><tr><td><table><tr><td>a<td>b</table><td>c<tr><th>d<th><th>e</table>',
  'captions and columns': '<table><caption>a<table><caption>b</table>c<colgroup>x<col>y<tbody>z',
  'paragraphs in cells': '<table><tr><td><p>a</p><p>b</p></td><td><br></td><td>c<br></td><td>d</table>',
  'own elements': '<my-el>a<x-y>b</x-y></my-el><unknowntag>c</unknowntag><font-face>d</font-face>',
  lists: '<ul><li>a<ul><li>b</ul><li>c</ul><dl><dt>d<dd>e</dl><menu><li>f</menu><center>g</center>',
  'quirks mode': '<p>x<table><tr><td>in p in quirks</table>y',
  'standards mode': '<!doctype html><p>x<table><tr><td>not in p</table>y',
  frameset: '<frameset><frame src=a><noframes>nf</noframes></frameset>',
  noscript: '<head><noscript><style>b{}</style></noscript></head>a<noscript>b<p>c</noscript>d',
  'frames with pages in them':
    '<p>a<iframe srcdoc="<style>p{color:red}</style><p>in &amp;lt;frame<iframe srcdoc=deeper></iframe>"></iframe><iframe src="data:text/html,<p>data"></iframe>b',
  mathml:
    '<math><semantics><mrow><mi>x</mi><mo>=</mo></mrow><annotation encoding=tex>x=</annotation></semantics></math>',
  svg: '<svg><title>t</title><text>te<tspan>xt</tspan></text><foreignObject><p>fo</p></foreignObject><style>a{}</style></svg>after',
  'utf-16': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<p>漢字 utf16', 'utf16le')]),
  'marks in titles': '<title>a & b &lt;i&gt;</title><p>c',
};
