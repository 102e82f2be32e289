// The counter's buttons and basket, live totals, one click is one click, and a print button. All works without this file.
"use strict";
(function () {
  const make = function (kind, name, words) {
    const made = document.createElement(kind);
    made.className = name;
    made.textContent = words;
    if (kind === "button") { made.type = "button"; }
    return made;
  };
  const written = function (tenths) { return (tenths / 10).toFixed(1); };

  // The table of quantity boxes becomes the basket: a row is seen once something of it is taken. Buttons stand beside it.
  const open = function (form, table) {
    const words = table.dataset;
    const about = form.querySelector(".household").dataset;
    const total = form.querySelector("[data-total]");
    const held = { support: Number(about.support), merit: Number(about.merit) };
    const shelves = make("section", "shelves", "");
    const kinds = make("div", "kinds", "");
    const lines = [];

    // What the service reads: a whole number from 1 to 9999, blank for none; anything else it will refuse.
    const asked = function (line) {
      const text = line.input.value.normalize("NFKC").trim();
      const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
      return text === "" ? 0 : number >= 1 && number <= 9999 ? number : NaN;
    };
    const put = function (line, quantity) {
      line.input.value = quantity > 0 ? String(quantity) : "";
      count();
    };
    const take = function (line, by) {
      const before = asked(line) || 0;
      if (by < 0 || before < line.most) { put(line, before + by); }
    };
    // The purses are emptied in the order set here; where it is so, support points go only beside merit points.
    const spendable = function (has) {
      const beside = Number(about.beside);
      return has.merit + (beside ? Math.min(has.support, has.merit * beside) : has.support);
    };
    const purses = function (price) {
      const left = Object.assign({}, held);
      const after = Object.assign({}, held);
      const beside = Number(about.beside);
      let due = price;
      if (beside) { left.support = Math.min(held.support, Math.floor(price * beside / (beside + 1))); }
      about.order.split(" ").forEach(function (purse) {
        const part = Math.min(left[purse], due);
        after[purse] -= part;
        due -= part;
      });
      return { after: after, short: due > 0, left: due > 0 ? spendable(held) - price : spendable(after) };
    };
    const count = function () {
      let price = 0;
      lines.forEach(function (line) {
        const quantity = asked(line);
        price += quantity * line.points;
        // Whoever empties a box to write another number in it must not lose it.
        line.row.hidden = line.input.value === "" && !line.row.querySelector(".error") && document.activeElement !== line.input;
        line.row.classList.toggle("doubtful", quantity !== 0 && !(quantity <= line.most));
        line.sum.textContent = isNaN(quantity) ? "?" : written(quantity * line.points);
        line.ware.classList.toggle("taken", quantity !== 0);
        line.ware.classList.toggle("all", quantity >= line.most);
        line.back.textContent = "− " + line.input.value;
        line.back.hidden = quantity === 0;
      });
      const purse = purses(price || 0);
      const known = !isNaN(price);
      total.querySelector("[data-sum]").textContent = known ? written(price) : "?";
      total.querySelector("[data-after]").textContent = known ? written(purse.left) : "?";
      total.querySelectorAll("[data-purse]").forEach(function (one) {
        one.textContent = known ? written(purse.after[one.dataset.purse]) : "?";
      });
      total.querySelector("[data-short]").hidden = !known || !purse.short;
      total.querySelector("[data-purses]").hidden = known && purse.short;
      total.classList.toggle("wrong", !known || purse.short);
      table.classList.toggle("bare", !lines.some(function (line) { return !line.row.hidden; }));
    };

    const step = function (sign, name, line) {
      const button = make("button", name, sign);
      button.setAttribute("aria-label", (sign === "+" ? words.more : words.less) + " " + line.name);
      button.addEventListener("click", function () {
        take(line, sign === "+" ? 1 : -1);
        if (!button.offsetParent) { line.ware.focus(); }
      });
      return button;
    };
    const lay = function (row, wares) {
      const cell = function (what) { return row.querySelector(what); };
      const input = cell("[data-quantity]");
      const label = cell("label");
      const limits = Array.from(row.querySelectorAll("[data-limit]"), function (one) { return Number(one.dataset.limit); });
      const ware = make("button", "ware", "");
      const line = {
        row: row, input: input, ware: ware, name: label.textContent, points: Math.round(parseFloat(cell("[data-points]").value) * 10),
        most: Math.min.apply(null, limits.concat(Number(cell("[data-shelf]").dataset.shelf))),
        sum: row.lastElementChild,
      };
      const slot = make("div", "slot", "");
      const name = make("b", "", "");
      name.append(...Array.from(label.cloneNode(true).childNodes));
      ware.append(name, make("span", "price", written(line.points)),
        make("span", "left", words.left + " " + cell("[data-shelf]").textContent));
      row.querySelectorAll("[data-limit], .wish").forEach(function (one) { ware.append(make("span", "limit", one.textContent)); });
      ware.addEventListener("click", function () { take(line, 1); });
      ware.addEventListener("keydown", function (event) {
        if (event.key === "-" || event.key === "Backspace") { take(line, -1); }
        else if (event.key === "+") { take(line, 1); }
        else if (!walk(ware, event.key)) { return; }
        event.preventDefault();
        event.stopPropagation();
      });
      line.back = step("−", "back", line);
      input.before(step("−", "quiet step", line));
      input.after(step("+", "quiet step", line));
      slot.append(ware, line.back);
      wares.append(slot);
      lines.push(line);
    };
    const walk = function (from, key) {
      const all = lines.map(function (line) { return line.ware; }).filter(function (ware) { return ware.offsetParent; });
      const here = from.getBoundingClientRect();
      const down = { ArrowDown: 1, ArrowUp: -1 }[key];
      const along = { ArrowRight: 1, ArrowLeft: -1 }[key];
      let to = all[all.indexOf(from) + along];
      if (down) {
        const far = function (ware) {
          const there = ware.getBoundingClientRect();
          return Math.abs(there.top - here.top) * 9 + Math.abs(there.left - here.left);
        };
        to = all.filter(function (ware) { return (ware.getBoundingClientRect().top - here.top) * down > 1; })
          .sort(function (one, other) { return far(one) - far(other); })[0];
      }
      if (to) { to.focus(); }
      return Boolean(down || along);
    };
    const show = function (chosen) {
      kinds.querySelectorAll("button").forEach(function (one) { one.setAttribute("aria-pressed", String(one === chosen)); });
      shelves.querySelectorAll(".kind").forEach(function (kind) {
        kind.hidden = Boolean(chosen.dataset.kind) && kind.dataset.kind !== chosen.dataset.kind;
      });
    };
    const tab = function (name, kind) {
      const button = make("button", "quiet", name);
      if (kind) { button.dataset.kind = kind; }
      button.addEventListener("click", function () { show(button); });
      kinds.append(button);
    };

    tab(words.all, "");
    table.querySelectorAll("tbody").forEach(function (body) {
      const name = body.querySelector(".category").textContent.trim();
      const kind = make("div", "kind", "");
      const wares = make("div", "wares", "");
      kind.dataset.kind = name;
      kind.append(make("p", "named", name), wares);
      tab(name, name);
      body.querySelectorAll("tr:not(.category)").forEach(function (row) { lay(row, wares); });
      body.querySelector(".category").hidden = true;
      shelves.append(kind);
    });
    // Who comes for another is asked for beside the goods: the boxes stand below the basket.
    const fetched = form.querySelector(".fetch a");
    form.querySelector(".fetch").hidden = true;
    const boxes = document.getElementById("collector");
    kinds.append(fetched);
    fetched.addEventListener("click", function (event) {
      event.preventDefault();
      boxes.open = true;
      boxes.querySelector("select, input").focus();
    });
    // Whether the last goods came is for the household itself to say.
    const received = form.elements["received"];
    const asks = function () {
      const another = ["proxy-code", "proxy-name"].some(function (name) {
        return form.elements[name] && form.elements[name].value.trim() !== "";
      });
      received.closest(".field").hidden = another && !form.querySelector("#received-error");
      if (another) { received.value = ""; }
    };
    if (received) { form.addEventListener("input", asks); asks(); }
    kinds.setAttribute("role", "group");
    kinds.setAttribute("aria-label", words.kinds);
    shelves.setAttribute("aria-label", words.goods);
    shelves.prepend(kinds);
    shelves.append(make("p", "keys hint", words.keys));
    form.querySelector(".till").before(shelves);
    table.querySelectorAll("[data-plain], [data-live]").forEach(function (one) { one.hidden = one.hasAttribute("data-plain"); });
    total.hidden = false;
    show(kinds.firstElementChild);
    form.classList.add("live");
    document.documentElement.classList.add("live");
    table.addEventListener("input", count);
    table.addEventListener("focusout", function () { window.setTimeout(count); });
    kinds.addEventListener("focusin", function (event) { event.target.scrollIntoView({ block: "nearest", inline: "nearest" }); });
    window.addEventListener("pageshow", count);
    count();
    const wrong = form.querySelector(".refused");
    const search = document.querySelector("#q[autofocus]");
    (wrong || search || lines[0].ware).focus({ preventScroll: !wrong });
    // Goods read by a scanner in the search go into the basket without a page; what is not known here the service looks up.
    const scan = function (event) {
      const box = event.target;
      const code = box.value.normalize("NFKC").trim();
      const line = lines.filter(function (one) { return (one.row.dataset.ean || "").split(" ").indexOf(code) >= 0; })[0];
      if (event.key !== "Enter" || code !== "" && !line) { return; }
      event.preventDefault();
      if (!line) { return; }
      box.value = "";
      take(line, 1);
    };
    if (document.getElementById("q")) { document.getElementById("q").addEventListener("keydown", scan); }
    // Enter ends a number, and a scanner sends it by itself, some twice: only the button and F9 redeem.
    form.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && event.target.tagName === "INPUT" && !event.isComposing) { event.preventDefault(); }
    });
    // The view to be turned round: filled from the basket as it stands, and Escape turns it back.
    const turned = document.getElementById("turned");
    const turn = form.querySelector("[data-turn]");
    turn.addEventListener("click", function (event) {
      event.preventDefault();
      const list = turned.querySelector("ul");
      list.textContent = "";
      lines.forEach(function (line) {
        if (!asked(line)) { return; }
        const one = make("li", "", "");
        const unit = line.row.querySelector("[data-shelf]").textContent.trim().replace(/^[0-9]+/, "");
        one.append(make("span", "", line.name), make("b", "", asked(line) + unit));
        list.append(one);
      });
      turned.querySelector("[data-turned=sum]").textContent = total.querySelector("[data-sum]").textContent;
      turned.querySelector("[data-turned=after]").textContent = total.querySelector("[data-after]").textContent;
      window.location.hash = "turned";
      turned.focus();
    });
    turned.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { window.location.hash = "main"; turn.focus(); }
    });
    window.addEventListener("beforeunload", function (event) {
      if (!form.dataset.sent && lines.some(function (line) { return line.input.value !== ""; })) { event.preventDefault(); event.returnValue = ""; }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "F9") {
        event.preventDefault();
        form.querySelector("[data-redeem]").click();
      }
    });
  };
  // A basket that was sent and had no answer is there again after Back, with the key it was sent with: it is booked once.
  const kept = "basket sent";
  const keep = function (form) {
    const named = Array.from(form.elements).filter(function (one) { return one.name && one.name !== "q" && one.type !== "submit"; });
    sessionStorage.setItem(kept, JSON.stringify(named.map(function (one) { return [one.name, one.value]; })));
  };
  const again = function (form) {
    const sent = JSON.parse(sessionStorage.getItem(kept) || "[]");
    const values = {};
    const places = {};
    sent.forEach(function (one) { values[one[0]] = one[1]; });
    form.querySelectorAll("input[name$=-item]").forEach(function (one) { places[one.value] = one.name.slice(0, -4); });
    const filled = Array.from(form.querySelectorAll("[data-quantity]")).some(function (one) { return one.value !== ""; });
    if (filled || values.household !== form.elements.household.value) { return; }
    sent.forEach(function (one) {
      // Goods may have come or gone since: what was typed stays with its item.
      const at = /^(basket-[0-9]+-)(item|points|quantity)$/.exec(one[0]);
      const field = form.elements[at ? places[values[at[1] + "item"]] + at[2] : one[0]];
      if (!field || field.value === one[1]) { return; }
      field.value = one[1];
      if (field.closest("details")) { field.closest("details").open = true; }
    });
  };
  const came = function () {
    const by = performance.getEntriesByType ? performance.getEntriesByType("navigation")[0] : null;
    return by ? by.type : ["navigate", "reload", "back_forward"][performance.navigation.type];
  };
  const remember = function (what, form) {
    try { what(form); } catch (refused) { /* A browser that keeps nothing works as one without script. */ }
  };
  const counter = document.querySelector("form.counter");
  if (counter && came() !== "navigate") { remember(again, counter); }
  else if (counter || document.querySelector(".receipt")) { remember(function () { sessionStorage.removeItem(kept); }); }
  if (counter && counter.querySelector(".basket")) { open(counter, counter.querySelector(".basket")); }

  // A scanner types like a keyboard: a card read while no box is in hand goes to the search, and Enter follows by itself.
  const search = document.getElementById("q");
  document.addEventListener("keydown", function (event) {
    const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (search && plain && !event.isComposing && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      search.value = "";
      search.focus();
    }
  });

  document.querySelectorAll("form[method=post]").forEach(function (sent) {
    sent.addEventListener("submit", function (event) {
      if (sent.dataset.sent) { event.preventDefault(); return; }
      sent.dataset.sent = "1";
      if (sent === counter) { remember(keep, counter); }
      // After the browser's Stop no page comes. The button then works again; the form's key books once.
      const free = function () { delete sent.dataset.sent; };
      window.addEventListener("pageshow", free);
      window.setTimeout(free, 3000);
    });
  });
  const print = document.querySelector("[data-print]");
  if (print) { print.hidden = false; print.addEventListener("click", function () { window.print(); }); }
})();
