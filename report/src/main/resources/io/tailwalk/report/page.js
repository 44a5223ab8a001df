"use strict";
(() => {
  const root = document.documentElement;
  // As many as SeriesStyles.MARKS; they differ in shape, for readers who cannot distinguish the colours.
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "path://M0,0h10l-5,9z", "path://M3,0h4v3h3v4h-3v3h-4v-3h-3v-4h3z"];

  const colours = () => {
    const style = getComputedStyle(root);
    const one = (name) => style.getPropertyValue("--" + name).trim();
    const list = (name) => one(name).split(/\s+/);
    return {
      ink: one("ink"), soft: one("soft"), rule: one("rule"), grid: one("grid"), paper: one("paper"),
      low: one("ramp-ink-low"), high: one("ramp-ink-high"), series: list("series"), ramp: list("ramp"),
    };
  };

  const MANY_POWERS = 40;
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const raised = (n) => (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => SUPERSCRIPTS[d]).join("");
  const plain = (v) => Number(v.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 12 }).replace("-", "−");
  const powerLabel = (base, exponent) => {
    const value = base ** exponent;
    const short = base === 2 ? value >= 1 && value <= 8192 : value >= 1e-3 && value < 1e5;
    return short ? plain(value) : base + raised(exponent);
  };
  const axisLabel = (value) => {
    const size = Math.abs(value);
    if (size === 0 || (size >= 1e-3 && size < 1e5)) return plain(value);
    const exponent = Math.floor(Math.log10(size) + 1e-9);
    const mantissa = value / 10 ** exponent;
    return (Math.abs(mantissa - 1) < 1e-9 ? "" : plain(mantissa) + "×") + "10" + raised(exponent);
  };

  const element = (tag, name, text) => {
    const node = document.createElement(tag);
    node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const tooltip = (params) => {
    const items = (Array.isArray(params) ? params : [params]).filter((item) => item.data && item.data.tip);
    const box = element("div", "tip");
    if (items.length && items[0].data.tip.head) box.append(element("div", "tip-head", items[0].data.tip.head));
    for (const item of items) {
      const row = element("div", "tip-row");
      const dot = element("span", "tip-dot");
      dot.style.background = item.color;
      row.append(dot, element("span", "tip-name", item.data.tip.name), element("span", "tip-text", item.data.tip.text));
      box.append(row);
    }
    return box;
  };

  // The library measures some system fonts incorrectly, so widths are measured on the page.
  const ruler = element("span", "ruler");
  const textWidth = (text, size) => {
    ruler.style.fontSize = size + "px";
    ruler.textContent = text;
    return ruler.getBoundingClientRect().width;
  };

  const line = (from, to, style) => ({ type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style });
  // An interval that continues below the axis begins with an arrow instead of a cap.
  const whisker = (from, to, style, below) => {
    const dx = to[0] - from[0], dy = to[1] - from[1], length = Math.hypot(dx, dy);
    if (length < 0.5) return [];
    const along = [(dx / length) * 4, (dy / length) * 4], cap = [-along[1], along[0]];
    const end = (p, back) => [1, -1].map((side) => line([p[0] + back * along[0] + side * cap[0], p[1] + back * along[1] + side * cap[1]], p, style));
    return [line(from, to, style), ...end(from, below ? 1 : 0), ...end(to, 0)];
  };
  const render = {
    band: (series) => (params, api) => {
      if (params.dataIndexInside !== 0) return undefined;
      const upper = [], lower = [];
      for (let i = 0; i < params.dataInsideLength; i++) {
        upper.push(api.coord([api.value(0, i), api.value(2, i)]));
        lower.unshift(api.coord([api.value(0, i), api.value(1, i)]));
      }
      return { type: "polygon", shape: { points: upper.concat(lower) }, style: { fill: series.colour, opacity: 0.16 } };
    },
    whiskers: (series) => (params, api) => {
      const style = { stroke: series.colour, lineWidth: 1.25, opacity: 0.75 };
      const v = (i) => api.value(i);
      return { type: "group", children: [
        ...whisker(api.coord([v(1), v(3)]), api.coord([v(2), v(3)]), style, v(6)),
        ...whisker(api.coord([v(0), v(4)]), api.coord([v(0), v(5)]), style, v(7)),
      ] };
    },
    dotWhiskers: (series) => (params, api) => {
      const at = (value) => { const p = api.coord([value, api.value(0)]); return [p[0], p[1] + series.offset]; };
      const style = { stroke: series.colour, lineWidth: 1.5, opacity: 0.75 };
      return { type: "group", children: whisker(at(api.value(1)), at(api.value(2)), style, api.value(3)) };
    },
    barWhiskers: (series, theme) => (params, api) => {
      const offset = api.barLayout({ count: series.bars, barGap: "12%", barCategoryGap: "28%" })[series.bar].offsetCenter;
      const at = (value) => { const p = api.coord([value, api.value(0)]); return [p[0], p[1] + offset]; };
      const style = { stroke: theme.ink, lineWidth: 1.25 };
      return { type: "group", children: whisker(at(api.value(1)), at(api.value(2)), style) };
    },
  };
  const encodings = {
    band: { x: 0, y: [1, 2] },
    whiskers: { x: [0, 1, 2], y: [3, 4, 5] },
    barWhiskers: { x: [1, 2], y: 0 },
    dotWhiskers: { x: [1, 2], y: 0 },
  };

  // The library's logarithmic axis rounds to twenty decimals and so has no powers below them: such an
  // axis is drawn as a linear axis of exponents. Zero has no exponent: if an axis shows it, its position
  // is one below the other exponents.
  const placed = { line: { x: [0], y: [1] }, scatter: { x: [0], y: [1] }, bar: { x: [0], y: [1] }, ...encodings };
  const exponents = (json) => {
    for (const name of ["x", "y"]) {
      const axis = json.option[name + "Axis"];
      if (axis.type !== "log") continue;
      const power = (value) => Math.log(value) / Math.log(axis.logBase);
      const least = Math.round(power(axis.min)), zero = axis.zero ? least - axis.zero.below : least;
      const log = (value) => (typeof value !== "number" ? value : value > 0 ? power(value) : zero);
      Object.assign(axis, { type: "value", min: zero, least, max: Math.round(power(axis.max)) });
      for (const series of json.option.series) {
        const places = [placed[series.renderItem || series.type][name]].flat();
        for (const datum of series.data) {
          const values = Array.isArray(datum) ? datum : datum.value;
          places.forEach((place) => { values[place] = log(values[place]); });
        }
      }
    }
    return json;
  };

  const dressSeries = (series, option, theme, width) => {
    const colour = theme.series[series.style % theme.series.length];
    series.colour = colour;
    if (series.type === "custom") {
      const name = series.renderItem;
      return { ...series, renderItem: render[name](series, theme), encode: encodings[name], silent: true, clip: true,
        itemStyle: { color: colour }, z: name === "band" ? 1 : 4, tooltip: { show: false } };
    }
    const symbol = SYMBOLS[series.style % SYMBOLS.length];
    // An estimate of zero on a logarithmic axis is hollow.
    const data = series.data.map((datum) => (datum.zero
      ? { ...datum, itemStyle: { color: theme.paper, borderColor: colour, borderWidth: 2, opacity: 1 } } : datum));
    if (series.type === "line") {
      return { ...series, data, symbol: series.dashed ? "none" : symbol, symbolSize: 7, showSymbol: series.data.length <= 40, z: 3,
        lineStyle: { width: 2, color: colour, type: series.dashed ? [6, 4] : "solid" }, itemStyle: { color: colour } };
    }
    if (series.offset !== undefined) {
      return { ...series, data, symbol, symbolSize: 10, symbolOffset: [0, series.offset], z: 5, itemStyle: { color: colour, opacity: 1 } };
    }
    if (series.type === "scatter") {
      return { ...series, data, symbol, symbolSize: 11, z: 3, itemStyle: { color: colour },
        label: { show: width > 480, formatter: (item) => squeeze(item.name, width / 3), position: "right", distance: 5, color: theme.soft, fontSize: 12, lineHeight: 16 },
        labelLayout: (item) => (item.labelRect.x + item.labelRect.width > width - 4
          ? { x: item.rect.x - 5, align: "right", dy: -10, moveOverlap: "shiftY" } : { dy: -10, moveOverlap: "shiftY" }) };
    }
    return { ...series, itemStyle: { color: colour }, barGap: "12%", barCategoryGap: "28%", z: 2 };
  };
  const dressHeat = (series, option, theme, width) => {
    const { min, max } = option.visualMap;
    const cellWidth = (width - 120) / option.xAxis.data.length;
    const data = series.data.map((datum) => {
      const ratio = max > min ? (datum.value[2] - min) / (max - min) : 0;
      return { ...datum, label: { color: ratio > 0.55 ? theme.high : theme.low } };
    });
    return { ...series, data, itemStyle: { borderColor: theme.paper, borderWidth: 2 },
      label: { show: cellWidth > 46, formatter: (item) => item.data.text, fontSize: 12 },
      emphasis: { itemStyle: { borderColor: theme.ink } } };
  };

  const dressAxis = (axis, theme, vertical, width, room, length = width) => {
    const common = {
      ...axis, name: squeeze(axis.name, 0.88 * (length - (vertical && room ? room.label : 0))), nameTextStyle: { color: theme.soft, fontSize: 13 }, axisLine: { show: !vertical, lineStyle: { color: theme.soft } },
      axisTick: { show: !vertical, lineStyle: { color: theme.soft } }, splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { color: theme.soft, fontSize: 12, hideOverlap: true },
    };
    if (axis.type === "category") {
      Object.assign(common, { splitLine: { show: false }, axisTick: { show: false }, axisLine: { show: false }, inverse: vertical });
      Object.assign(common.axisLabel, { interval: 0, formatter: (name) => squeeze(name, room.label), overflow: "truncate", width: room.label, rotate: room.rotate, hideOverlap: false });
    } else {
      common.axisLabel.formatter = axisLabel;
      if (axis.min === 0 && axis.max === 1) common.interval = vertical || width > 400 ? 0.2 : 0.25;
      common.splitNumber = vertical ? 5 : Math.max(3, Math.min(8, Math.round(width / 110)));
    }
    if (axis.logBase) {
      // Every k-th power is labelled, with k such that labels do not touch; the position for zero is labelled too.
      const every = Math.max(1, Math.ceil(((axis.max - axis.min) * 46) / (vertical ? 400 : length)));
      common.interval = axis.max - axis.min > MANY_POWERS ? every : 1;
      common.axisLabel.formatter = (power) => {
        if (power < axis.least) return power === axis.min ? axis.zero.label : "";
        const fromZero = ((power - axis.min) * (vertical ? 300 : length)) / (axis.max - axis.min);
        if (axis.zero && fromZero < (vertical ? 16 : 38)) return "";
        return common.interval > 1 || (power - axis.least) % every === 0 ? powerLabel(axis.logBase, power) : "";
      };
    }
    return vertical
      ? { ...common, nameLocation: axis.type === "category" ? "start" : "end", nameGap: 12, nameTextStyle: { ...common.nameTextStyle, align: "left", padding: [0, 0, 0, -8] } }
      : { ...common, nameLocation: "middle", nameGap: room ? room.below - 22 : 30 };
  };

  // If the other axis shows exponents, its zero is the value one, so this axis is not drawn there.
  const onEdge = (axis, other) => ({ ...axis, axisLine: { ...axis.axisLine, onZero: !other.logBase } });

  const LEGEND = { gap: 18, icon: 12, stroke: 25, row: 25, text: 6, room: 70 };
  const DASHES = "path://M0,0h9v3h-9z M14,0h9v3h-9z";
  const legendKey = (name, option) =>
    (option.series.some((series) => series.name === name && series.dashed) ? { name, icon: DASHES, itemStyle: { opacity: 1 } } : name);
  const legendHeight = (keys, small, width) => {
    let rows = 1, used = 0;
    for (const key of keys) {
      const need = (small ? LEGEND.icon : LEGEND.stroke) + LEGEND.text + textWidth(squeeze(key, width - LEGEND.room), 13) + LEGEND.gap;
      if (used > 0 && used + need > width) { rows++; used = 0; }
      used += need;
    }
    return rows * LEGEND.row;
  };
  // Names of variants often differ only at their ends, so long names are shortened in the middle.
  const squeeze = (name, room) => {
    const signs = Array.from(name);
    let text = name;
    for (let kept = signs.length - 1; kept > 3 && textWidth(text, 12) > room; kept--) {
      text = signs.slice(0, Math.ceil(kept / 2)).join("") + "…" + signs.slice(signs.length - Math.floor(kept / 2)).join("");
    }
    return text;
  };
  const categoryRoom = (axis, width) => ({
    label: Math.ceil(Math.min(width * 0.34, 200, 4 + Math.max(...axis.data.map((name) => textWidth(name, 12))))),
  });
  const underRoom = (axis, width) => {
    const cell = width / axis.data.length;
    const widest = Math.ceil(Math.max(...axis.data.map((name) => textWidth(name, 12))));
    if (widest <= cell - 8 || cell > 90) return { label: Math.min(widest + 4, cell - 8), rotate: 0, below: 52 };
    const label = Math.min(widest + 4, 110);
    return { label, rotate: 40, below: 46 + Math.ceil(label * 0.65) };
  };

  const dress = (json, theme, width) => {
    const option = json.option;
    const heat = option.visualMap !== undefined;
    const bar = option.series[0].type === "bar";
    const keys = heat ? [] : option.legend;
    const many = keys.length > 1;
    const font = getComputedStyle(document.body.querySelector(".plot")).fontFamily;
    const top = many ? legendHeight(keys, bar || option.tooltip === "item", width) + 34 : 34;
    const left = option.yAxis.type === "category" ? categoryRoom(option.yAxis, width) : undefined;
    const below = option.xAxis.type === "category" ? underRoom(option.xAxis, width - left.label - 34) : undefined;
    const grid = left
      ? { left: left.label + 12, right: 22, top, bottom: below ? below.below + 50 : 56 }
      : { left: 4, right: 22, top, bottom: 34, containLabel: true };
    return {
      animation: false,
      color: theme.series,
      textStyle: { fontFamily: font, color: theme.ink },
      grid,
      legend: { show: many, data: keys.map((name) => legendKey(name, option)), formatter: (name) => squeeze(name, width - LEGEND.room), top: 0, left: -5, itemGap: LEGEND.gap, itemHeight: 11,
        itemWidth: option.tooltip === "item" ? LEGEND.icon : LEGEND.stroke, selectedMode: !bar, padding: 5,
        textStyle: { color: theme.ink, fontSize: 13 }, inactiveColor: theme.rule },
      tooltip: { trigger: option.tooltip, formatter: tooltip, confine: true, backgroundColor: theme.paper, borderColor: theme.rule,
        textStyle: { color: theme.ink, fontSize: 13 }, axisPointer: { lineStyle: { color: theme.soft } } },
      visualMap: heat ? { type: "continuous", min: option.visualMap.min, max: option.visualMap.max, calculable: false, orient: "horizontal",
        left: 0, bottom: 0, itemWidth: 12, itemHeight: Math.min(180, width * 0.4), text: ["", squeeze(option.visualMap.text, width * 0.5)], textStyle: { color: theme.soft, fontSize: 12 },
        inRange: { color: theme.ramp } } : undefined,
      xAxis: onEdge(dressAxis(option.xAxis, theme, false, width, below, width - (left ? left.label + 34 : 60)), option.yAxis),
      yAxis: onEdge(dressAxis(option.yAxis, theme, true, width, left), option.xAxis),
      series: option.series.map((series) => (heat ? dressHeat : dressSeries)(series, option, theme, width)),
    };
  };

  const charts = [...document.querySelectorAll("script[data-plot]")].map((script) => ({
    box: document.getElementById(script.dataset.plot), json: exponents(JSON.parse(script.textContent)), drawn: undefined,
  }));
  const draw = (chart, width) => {
    if (!chart.drawn) chart.drawn = echarts.init(chart.box, null, { renderer: "svg", width, height: chart.json.height });
    else chart.drawn.resize({ width, height: chart.json.height });
    chart.drawn.setOption(dress(chart.json, colours(), width), true);
  };
  const drawAll = (width) => charts.forEach((chart) => draw(chart, width || chart.box.clientWidth));

  if (charts.length) charts[0].box.before(ruler);
  drawAll();
  let last = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== last && !root.classList.contains("printing")) { last = window.innerWidth; drawAll(); }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());

  let opened = [];
  window.addEventListener("beforeprint", () => {
    root.classList.add("printing");
    opened = [...document.querySelectorAll("details.sample:not([open])")];
    opened.forEach((details) => { details.open = true; });
    drawAll(660);
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("printing");
    opened.forEach((details) => { details.open = false; });
    drawAll();
  });

  // A walk on a tree: depth from left to right, leaves below each other, parents next to their children.
  const SVG = "http://www.w3.org/2000/svg";
  const shape = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
    return node;
  };
  const layOut = (nodes, step) => {
    const children = nodes.map(() => []);
    nodes.forEach((node, i) => { if (node.parent >= 0) children[node.parent].push(i); });
    const at = nodes.map(() => ({ x: 0, y: 0 }));
    let row = 0;
    const stack = [[0, false]];
    while (stack.length) {
      const [i, done] = stack.pop();
      at[i].x = 14 + nodes[i].tokens * step;
      if (!children[i].length) at[i].y = 22 + 20 * row++;
      else if (done) at[i].y = (at[children[i][0]].y + at[children[i][children[i].length - 1]].y) / 2;
      else { stack.push([i, true]); [...children[i]].reverse().forEach((child) => stack.push([child, false])); }
    }
    return at;
  };
  const LONGEST = 1000;
  const clip = (text, most) => { const signs = [...text]; return signs.length > most ? signs.slice(0, most - 1).join("") + "…" : text; };
  const amount = (value) => (value === null ? "not known" : typeof value === "string" ? "0" : value >= 0.001 && value < 1e5 || value === 0
    ? plain(Number(value.toPrecision(3))) : value.toExponential(2).replace("-", "−"));
  const replay = (script) => {
    const box = document.getElementById(script.dataset.replay), { nodes, steps } = JSON.parse(script.textContent);
    const tree = box.querySelector(".tree"), slider = box.querySelector(".step"), play = box.querySelector(".play");
    const labels = nodes.map((node, i) => (i === 0 ? "" : clip(node.text, 8))), last = steps.length - 1;
    // A step is as wide as the widest label, and wider if the tree would otherwise leave part of its frame empty.
    const depth = Math.max(1, ...nodes.map((node) => node.tokens)), least = Math.max(26, 10 + 6.1 * Math.max(...labels.map((label) => [...label].length)));
    const at = layOut(nodes, Math.max(least, Math.min(3 * least, (tree.clientWidth - 80) / depth)));
    const width = Math.max(...at.map((p) => p.x)) + 60, height = Math.max(...at.map((p) => p.y)) + 16;
    const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    const edges = nodes.map((node, i) => {
      if (node.parent < 0) return undefined;
      const from = at[node.parent], to = at[i], middle = (from.x + to.x) / 2;
      return shape("path", { d: `M${from.x},${from.y}C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`, class: "edge" });
    });
    const dots = nodes.map((node, i) => shape("circle", { cx: at[i].x, cy: at[i].y, r: 3, class: "dot " + node.kind }));
    const names = nodes.map((node, i) => {
      const name = shape("text", { x: at[i].x, y: at[i].y - 5, class: "token" });
      name.textContent = labels[i];
      return name;
    });
    svg.append(...edges.filter((edge) => edge), ...dots, ...names);
    tree.append(svg);
    dots.forEach((dot, i) => dot.addEventListener("click", () => {
      const next = steps.findIndex((node, k) => node === i && k > Number(slider.value));
      show(next >= 0 ? next : steps.indexOf(i));
    }));
    const textOf = (i) => {
      let text = "";
      for (; i > 0; i = nodes[i].parent) text = nodes[i].text + text;
      const signs = [...text], left = signs.length - LONGEST;
      return left > 0 ? `… (${left} characters before) ${signs.slice(left).join("")}` : text;
    };
    let timer;
    const pause = () => { clearInterval(timer); timer = undefined; play.textContent = "▶"; play.title = "Play"; play.setAttribute("aria-label", "Play"); };
    const show = (wanted) => {
      const step = Math.max(0, Math.min(last, wanted)), here = steps[step];
      const visits = nodes.map(() => 0), back = nodes.map(() => 0);
      for (let k = 0; k <= step; k++) {
        visits[steps[k]]++;
        if (k > 0 && nodes[steps[k - 1]].parent === steps[k]) back[steps[k - 1]]++;
      }
      const path = new Set();
      for (let i = here; i >= 0; i = nodes[i].parent) path.add(i);
      nodes.forEach((node, i) => {
        dots[i].setAttribute("class", `dot ${node.kind}${visits[i] ? "" : " unseen"}${i === here ? " here" : ""}`);
        dots[i].setAttribute("r", i === here ? 7 : visits[i] ? Math.min(8, 2.5 + Math.sqrt(visits[i])) : 3);
        names[i].setAttribute("y", at[i].y - (i === here ? 9 : 5));
        names[i].setAttribute("class", `token${visits[i] ? "" : " unseen"}${path.has(i) ? " path" : ""}`);
        if (edges[i]) edges[i].setAttribute("class", `edge${visits[i] ? "" : " unseen"}${back[i] ? " back" : ""}${path.has(i) ? " path" : ""}`);
      });
      const node = nodes[here], before = step > 0 ? steps[step - 1] : here;
      const moved = step === 0 || (here === 0 && before === 0) ? "A tour begins at" : nodes[before].parent === here ? "Back up to" : "Down to";
      const kind = node.kind === "inner" ? "" : node.kind === "passed" ? ", complete, passes" : ", complete, fails";
      slider.value = step;
      slider.setAttribute("aria-valuetext", `step ${step} of ${last}`);
      box.dataset.node = here;
      box.querySelector(".at").textContent = `${step} / ${last}`;
      box.querySelector(".status").textContent = `${moved} ${here === 0 ? "the prompt" : "“" + textOf(here) + "”"}${kind}: `
        + (here === 0 ? "" : `${node.kind === "inner" ? "value" : "reward"} ${amount(node.value)}, log-probability ${node.log_prob.toFixed(2).replace("-", "−")} nats, `)
        + `visits ${visits[here]}, backtracks ${back[here]}.`;
      const left = at[here].x - tree.clientWidth / 2, top = at[here].y - tree.clientHeight / 2;
      tree.scrollTo(left, top);
    };
    const go = (by) => { pause(); show(Number(slider.value) + by); };
    slider.addEventListener("input", () => { pause(); show(Number(slider.value)); });
    box.querySelector(".start").addEventListener("click", () => go(-last));
    box.querySelector(".back").addEventListener("click", () => go(-1));
    box.querySelector(".forward").addEventListener("click", () => go(1));
    play.addEventListener("click", () => {
      if (timer) return pause();
      if (Number(slider.value) >= last) show(0);
      play.textContent = "▎▎"; play.title = "Pause"; play.setAttribute("aria-label", "Pause");
      timer = setInterval(() => { if (Number(slider.value) >= last) pause(); else show(Number(slider.value) + 1); }, 350);
    });
    show(0);
  };
  document.querySelectorAll("script[data-replay]").forEach(replay);

  // In a narrow window a table that does not fit shows each row as a small card: the first and the main
  // column side by side, the others below with their names.
  const tables = [...document.querySelectorAll("table")];
  tables.forEach((table) => {
    const names = [...table.tHead.rows[0].cells].map((header) => header.textContent);
    for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, i) => { cell.dataset.label = names[i]; });
  });
  const fit = (table) => {
    const box = table.parentElement;
    table.classList.remove("dense", "stacked");
    for (const form of ["dense", "stacked"]) if (table.offsetWidth > box.clientWidth) table.classList.add(form);
  };
  const fitAll = () => tables.forEach(fit);
  fitAll();
  window.addEventListener("resize", fitAll);
  document.querySelectorAll("details.data").forEach((details) => details.addEventListener("toggle", () => details.querySelectorAll("table").forEach(fit)));

  const key = (cell) => (cell.dataset.sort === undefined ? cell.textContent : Number(cell.dataset.sort));
  const compare = (a, b, sign) => {
    if (typeof a === "string" || typeof b === "string") return sign * String(a).localeCompare(String(b), undefined, { numeric: true });
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  };
  const sortBy = (header) => {
    const row = header.parentElement, index = [...row.children].indexOf(header);
    const first = header.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = header.getAttribute("aria-sort") === first ? other : first;
    [...row.children].forEach((cell) => cell.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", order);
    const body = row.closest("table").tBodies[0];
    const sign = order === "ascending" ? 1 : -1;
    body.append(...[...body.rows].sort((a, b) => compare(key(a.cells[index]), key(b.cells[index]), sign)));
  };
  document.querySelectorAll("thead button").forEach((button) => {
    button.addEventListener("click", () => sortBy(button.parentElement));
  });
})();
