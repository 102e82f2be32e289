// A barcode read by a scanner chooses its goods in the next line that names none. What is not known here, or finds no
// line free, the service answers; it does all of this where there is no script.
"use strict";
(function () {
  const box = document.getElementById("scan");
  const said = document.getElementById("scanned");
  const eans = JSON.parse(said.dataset.eans);
  const lines = Array.from(document.querySelectorAll("select[name$=-item]"));
  box.addEventListener("keydown", function (event) {
    const code = box.value.normalize("NFKC").trim();
    const item = Object.keys(eans).filter(function (one) { return eans[one].split(" ").indexOf(code) >= 0; })[0];
    const free = lines.filter(function (line) { return line.value === ""; })[0];
    const option = Array.from(free ? free.children : []).filter(function (one) { return one.value === item; })[0];
    if (event.key !== "Enter" || code === "" || !option) { return; }
    event.preventDefault();
    option.selected = true;
    box.value = "";
    said.textContent = lines.indexOf(free) + 1 + ": " + option.textContent;
  });
})();
