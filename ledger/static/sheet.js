// Totals of the grid, per household, rule and class, as they are typed. The sheet works without this file.
"use strict";
(function () {
  const grid = document.querySelector("table.grid");
  const tenths = function (input) { return Math.round(parseFloat(input.value.normalize("NFKC")) * 10) || 0; };
  const heads = grid.querySelectorAll("thead th[data-class]");
  const foot = grid.querySelectorAll("tfoot td");
  const classes = grid.closest("form").querySelector("[data-classes]");
  const show = function (cell, sum) { cell.textContent = sum ? (sum / 10).toFixed(1) : ""; };
  const add = function () {
    const columns = Array.from(heads, function () { return 0; });
    let all = 0;
    grid.querySelectorAll("tbody tr").forEach(function (row) {
      let sum = 0;
      row.querySelectorAll("td input").forEach(function (input, place) {
        sum += tenths(input);
        columns[place] += tenths(input);
      });
      show(row.lastElementChild, sum);
      all += sum;
    });
    const named = new Map();
    columns.forEach(function (sum, place) {
      show(foot[place], sum);
      named.set(heads[place].dataset.class, (named.get(heads[place].dataset.class) || 0) + sum);
    });
    show(foot[columns.length], all);
    classes.textContent = Array.from(named, function (one) { return one[0] + " " + (one[1] / 10).toFixed(1); }).join(" · ");
  };
  document.querySelectorAll("[data-total]").forEach(function (cell) { cell.hidden = false; });
  classes.hidden = false;
  grid.addEventListener("input", add);
  add();
})();
