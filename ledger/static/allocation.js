// The grid of an allocation adds up while it is filled in. All works without this file: a button adds up too.
"use strict";
(function () {
  const grid = document.querySelector("table.spread");
  if (!grid) { return; }
  const number = function (input) { return parseInt(input.value.normalize("NFKC"), 10) || 0; };
  const feet = grid.querySelectorAll("[data-column]");
  const add = function () {
    const columns = Array.from(feet, function () { return 0; });
    grid.querySelectorAll("tbody tr").forEach(function (row) {
      let sum = 0;
      row.querySelectorAll("td input[aria-labelledby]").forEach(function (input, place) {
        sum += number(input);
        columns[place] += number(input);
      });
      const cell = row.querySelector("[data-row]");
      cell.textContent = sum;
      cell.classList.toggle("error", sum > Number(cell.dataset.there));
    });
    feet.forEach(function (cell, place) { cell.textContent = columns[place]; });
    grid.querySelector("[data-all]").textContent = columns.reduce(function (one, other) { return one + other; }, 0);
  };
  grid.addEventListener("input", add);
  add();
})();
