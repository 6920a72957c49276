#include "gateway/certificate/canvas.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "gateway/certificate/internet_time.hpp"
#include "gateway/certificate/printable.hpp"

namespace gongji::gateway::certificate {
namespace {

constexpr double kPngScale = kPngDotsPerInch / 72;
constexpr std::array<double, 4> kShrinkSteps{1.0, 0.9, 0.8, 0.7};
constexpr Ink kPaper{1, 1, 1};

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
};
template <class T>
using Held = std::unique_ptr<T, Release>;

// The library calls this from C: nothing may be thrown through it.
cairo_status_t append_bytes(void* out, const unsigned char* data, unsigned count) noexcept {
  try {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), count);
  } catch (...) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

void describe(cairo_surface_t* pdf, const SheetInfo& info) {
  const std::string made_at = internet_time(info.made_at);  // without it cairo asks the clock
  const auto set = [pdf](cairo_pdf_metadata_t field, const std::string& text) {
    cairo_pdf_surface_set_metadata(pdf, field, text.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, info.title);
  set(CAIRO_PDF_METADATA_SUBJECT, info.subject);
  set(CAIRO_PDF_METADATA_KEYWORDS, info.keywords);
  set(CAIRO_PDF_METADATA_CREATOR, "gongji");
  set(CAIRO_PDF_METADATA_CREATE_DATE, made_at);
}

cairo_surface_t* open_surface(CanvasForm form, const SheetInfo& info, std::string& out) {
  switch (form) {
    case CanvasForm::kSvg:
      return cairo_svg_surface_create_for_stream(append_bytes, &out, kSheetWidthPt, kSheetHeightPt);
    case CanvasForm::kPng:
      return cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                        static_cast<int>(std::lround(kSheetWidthPt * kPngScale)),
                                        static_cast<int>(std::lround(kSheetHeightPt * kPngScale)));
    case CanvasForm::kPdf: {
      auto* pdf =
          cairo_pdf_surface_create_for_stream(append_bytes, &out, kSheetWidthPt, kSheetHeightPt);
      describe(pdf, info);
      return pdf;
    }
  }
  std::abort();
}

// Without hinting, and in Chinese whatever the machine's locale: line breaks and glyphs are the
// same in all three forms and on every machine with the same fonts.
PangoContext* open_context(cairo_t* pen) {
  PangoContext* context = pango_cairo_create_context(pen);
  const Held<cairo_font_options_t> options{cairo_font_options_create()};
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options.get());
  pango_context_set_language(context, pango_language_from_string("zh-cn"));
  pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  return context;
}

const char* family_of(Face face) {
  switch (face) {
    case Face::kSerif: return "Noto Serif CJK SC,serif";
    case Face::kSans: return "Noto Sans CJK SC,sans-serif";
  }
  std::abort();
}

PangoAlignment alignment_of(Align align) {
  switch (align) {
    case Align::kLeft: return PANGO_ALIGN_LEFT;
    case Align::kCentre: return PANGO_ALIGN_CENTER;
    case Align::kRight: return PANGO_ALIGN_RIGHT;
  }
  std::abort();
}

int to_pango(double points) { return static_cast<int>(std::lround(points * PANGO_SCALE)); }

void set_font(PangoLayout* layout, const TextStyle& style, double shrink) {
  const Held<PangoFontDescription> font{pango_font_description_from_string(family_of(style.face))};
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), to_pango(style.size_pt * shrink));
  pango_layout_set_font_description(layout, font.get());
}

double height_pt(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

Held<PangoLayout> lay_out(PangoContext* context, const TextStyle& style, std::string_view text) {
  Held<PangoLayout> layout{pango_layout_new(context)};
  const std::string clean = printable(text);
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
  pango_layout_set_alignment(layout.get(), alignment_of(style.align));
  const Held<PangoAttrList> attributes{pango_attr_list_new()};
  pango_attr_list_insert(attributes.get(),
                         pango_attr_letter_spacing_new(to_pango(style.spacing_pt)));
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes.get());
  set_font(layout.get(), style, kShrinkSteps.front());
  return layout;
}

void fit(PangoLayout* layout, const Box& box, const TextStyle& style) {
  pango_layout_set_width(layout, to_pango(box.width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  for (const double shrink : kShrinkSteps) {
    set_font(layout, style, shrink);
    if (height_pt(layout) <= box.height) return;
  }
  pango_layout_set_height(layout, to_pango(box.height));
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

// The SVG's one layer carries a number that counts the surfaces of this process; it names nothing.
void drop_layer_number(std::string& svg) {
  constexpr std::string_view kLayer = " id=\"surface";
  const std::size_t from = svg.find(kLayer);
  if (from == std::string::npos) return;
  const std::size_t end = svg.find('"', from + kLayer.size());
  if (end != std::string::npos) svg.erase(from, end + 1 - from);
}

}  // namespace

// Members in this order: the surface still writes into `bytes` while it is closed.
struct Canvas::Surface {
  Surface(CanvasForm wanted, const SheetInfo& info)
      : form(wanted),
        paper(open_surface(wanted, info, bytes)),
        pen(cairo_create(paper.get())),
        context(open_context(pen.get())) {}

  void take(Ink ink) const {
    cairo_set_source_rgba(pen.get(), ink.red, ink.green, ink.blue, ink.opacity);
  }
  void stroke(double width_pt, Ink ink) const {
    take(ink);
    cairo_set_line_width(pen.get(), width_pt);
    cairo_stroke(pen.get());
  }

  CanvasForm form;
  std::string bytes;
  Held<cairo_surface_t> paper;
  Held<cairo_t> pen;
  Held<PangoContext> context;
};

Canvas::Canvas(CanvasForm form, const SheetInfo& info)
    : surface_(std::make_unique<Surface>(form, info)) {
  if (form == CanvasForm::kPng) {
    cairo_scale(surface_->pen.get(), kPngScale, kPngScale);
    pango_cairo_update_context(surface_->pen.get(), surface_->context.get());
  }
  surface_->take(kPaper);
  cairo_paint(surface_->pen.get());
}

Canvas::~Canvas() = default;

bool Canvas::can_write(std::string_view text) {
  const auto layout = lay_out(surface_->context.get(), {}, text);
  return pango_layout_get_unknown_glyphs_count(layout.get()) == 0;
}

void Canvas::write(const Box& box, const TextStyle& style, std::string_view text) {
  const auto layout = lay_out(surface_->context.get(), style, text);
  fit(layout.get(), box, style);
  cairo_t* pen = surface_->pen.get();
  cairo_save(pen);
  cairo_rectangle(pen, box.left, box.top, box.width, box.height);
  cairo_clip(pen);
  surface_->take(style.ink);
  cairo_move_to(pen, box.left, box.top + (box.height - height_pt(layout.get())) / 2);
  pango_cairo_show_layout(pen, layout.get());
  cairo_restore(pen);
}

void Canvas::write_tilted(const Box& box, const TextStyle& style, double degrees,
                          std::string_view text) {
  cairo_t* pen = surface_->pen.get();
  cairo_save(pen);
  cairo_translate(pen, box.left + box.width / 2, box.top + box.height / 2);
  cairo_rotate(pen, degrees * std::numbers::pi / 180);
  write({-box.width / 2, -box.height / 2, box.width, box.height}, style, text);
  cairo_restore(pen);
}

void Canvas::line(double from_x, double from_y, double to_x, double to_y, double width_pt,
                  Ink ink) {
  cairo_move_to(surface_->pen.get(), from_x, from_y);
  cairo_line_to(surface_->pen.get(), to_x, to_y);
  surface_->stroke(width_pt, ink);
}

void Canvas::frame(const Box& box, double width_pt, Ink ink) {
  cairo_rectangle(surface_->pen.get(), box.left, box.top, box.width, box.height);
  surface_->stroke(width_pt, ink);
}

void Canvas::dashed_circle(const Box& box, double width_pt, Ink ink) {
  constexpr std::array<double, 2> kDashesPt{3, 2.5};
  cairo_t* pen = surface_->pen.get();
  cairo_save(pen);
  cairo_set_dash(pen, kDashesPt.data(), static_cast<int>(kDashesPt.size()), 0);
  cairo_new_sub_path(pen);
  cairo_arc(pen, box.left + box.width / 2, box.top + box.height / 2, box.width / 2, 0,
            2 * std::numbers::pi);
  surface_->stroke(width_pt, ink);
  cairo_restore(pen);
}

void Canvas::fill(const std::vector<Box>& boxes, Ink ink) {
  for (const Box& box : boxes)
    cairo_rectangle(surface_->pen.get(), box.left, box.top, box.width, box.height);
  surface_->take(ink);
  cairo_fill(surface_->pen.get());
}

Result<std::string, DrawError> Canvas::finish() && {
  Surface& surface = *surface_;
  cairo_status_t status = cairo_status(surface.pen.get());
  if (status == CAIRO_STATUS_SUCCESS && surface.form == CanvasForm::kPng)
    status = cairo_surface_write_to_png_stream(surface.paper.get(), append_bytes, &surface.bytes);
  cairo_surface_finish(surface.paper.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface.paper.get());
  if (status != CAIRO_STATUS_SUCCESS) return DrawError{cairo_status_to_string(status)};
  if (surface.form == CanvasForm::kSvg) drop_layer_number(surface.bytes);
  return std::move(surface.bytes);
}

}  // namespace gongji::gateway::certificate
