// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Random graphs around Winograd's convolutions against the reference kernels. The environment may
// name other seeds: FROM and TO.
#include "tests/unit/runtime/winograd.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_real;
using test::attribute_text;
using test::ModelSpec;
using Ints = std::vector<std::int64_t>;

struct Made {
    std::string name;
    Ints dims;
};

/// A graph whose values are all of rank 4, but for what stands between two Reshapes.
class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_{seed} {}

    ModelSpec make() {
        x_ = {pick(1, 2), pick(1, 3) * 8, pick(4, 15), pick(4, 15)};
        spec_.inputs = {
            test::value_info("x", test::FLOAT, is_dynamic_ ? Ints{-1, x_[1], x_[2], x_[3]} : x_)};
        values_ = {{"x", x_}};
        const std::int64_t nodes = pick(3, 16);
        while (made_ < nodes) {
            step();
        }
        for (std::size_t i = 1; i < values_.size(); ++i) {
            if (i + 1 == values_.size() || pick(0, 5) == 0) {
                spec_.outputs.push_back(values_[i].name);
            }
        }
        return spec_;
    }
    [[nodiscard]] const Ints& x() const { return x_; }

private:
    std::int64_t pick(std::int64_t low, std::int64_t high) {
        return low +
               static_cast<std::int64_t>(random_() % static_cast<std::uint32_t>(high - low + 1));
    }
    std::string fresh() { return "v" + std::to_string(next_++); }
    Made& any() {
        const std::size_t last = values_.size() - 1;
        return values_[pick(0, 2) != 0
                           ? last
                           : static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(last)))];
    }
    std::string constant(const Ints& dims, float scale, float offset = 0) {
        std::vector<float> elements =
            Values{static_cast<std::uint32_t>(random_())}.vector(count_of(dims));
        for (float& element : elements) {
            element = element * scale + offset;
        }
        const std::string name = fresh();
        spec_.initializers.push_back(test::tensor(name, dims, elements));
        return name;
    }
    std::string list(const Ints& elements) {
        const std::string name = fresh();
        spec_.initializers.push_back(
            test::tensor(name, {static_cast<std::int64_t>(elements.size())}, elements));
        return name;
    }
    void add(const std::string& op, std::vector<std::string> inputs, const Ints& dims,
             std::vector<Bytes> attributes = {}) {
        const std::string name = fresh();
        spec_.nodes.push_back({op, std::move(inputs), {name}, std::move(attributes)});
        values_.push_back({name, dims});
        ++made_;
    }

    void conv(std::int64_t kernel, std::int64_t stride) {
        const Made x = any();
        const std::int64_t filters = pick(2, 6) * 8;
        const float scale = std::sqrt(3.0F / static_cast<float>(x.dims[1] * kernel * kernel));
        std::vector<std::string> inputs = {x.name,
                                           constant({filters, x.dims[1], kernel, kernel}, scale)};
        if (pick(0, 1) == 0) {
            inputs.push_back(constant({filters}, 0.5F));
        }
        std::vector<Bytes> attributes = {attribute("strides", Ints{stride, stride})};
        Ints pads = {0, 0, 0, 0};
        const std::int64_t kind = kernel == 3 ? pick(0, 7) : 6;
        Ints dims = {x.dims[0], filters, 0, 0};
        if (kind == 0 && stride == 1) {
            attributes.push_back(
                attribute_text("auto_pad", pick(0, 1) == 0 ? "SAME_UPPER" : "SAME_LOWER"));
            dims[2] = x.dims[2];
            dims[3] = x.dims[3];
        } else {
            if (kind == 1) {
                for (std::int64_t& pad : pads) {
                    pad = pick(0, 2);
                }
            } else if (kind == 2) {
                pads = {pick(0, 2), pick(0, 2), pick(0, 5), pick(0, 5)};
            } else if (kind < 6) {
                pads = {1, 1, 1, 1};
            }
            for (std::size_t axis = 0; axis < 2; ++axis) {
                dims[axis + 2] =
                    (x.dims[axis + 2] + pads[axis] + pads[axis + 2] - kernel) / stride + 1;
                if (x.dims[axis + 2] + pads[axis] + pads[axis + 2] < kernel) {
                    return;
                }
            }
            attributes.push_back(attribute("pads", pads));
        }
        add("Conv", std::move(inputs), dims, std::move(attributes));
    }

    void step() {
        const Made x = any();
        const std::int64_t channels = x.dims[1];
        switch (pick(0, 23)) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
        case 5:
            return conv(3, 1);
        case 6:
            return conv(1, 1);
        case 7:
            return conv(3, 2);
        case 8:
        case 9:
            return add("Relu", {x.name}, x.dims);
        case 10: {
            static constexpr float BOUNDS[][2] = {{0, 6}, {-1, 1}, {0.25F, 0.5F}, {-0.5F, 100},
                                                  {1, 1}, {1, -1}, {-3, 0}};
            const auto& row = BOUNDS[pick(0, 6)];
            const std::string low = fresh();
            const std::string high = fresh();
            spec_.initializers.push_back(test::tensor(low, {}, std::vector<float>{row[0]}));
            spec_.initializers.push_back(test::tensor(high, {}, std::vector<float>{row[1]}));
            const std::int64_t which = pick(0, 2);
            return add("Clip", {x.name, which == 1 ? "" : low, which == 2 ? "" : high}, x.dims);
        }
        case 11:
            return add("BatchNormalization",
                       {x.name, constant({channels}, 0.5F, 1), constant({channels}, 0.5F),
                        constant({channels}, 0.5F), constant({channels}, 0.4F, 1)},
                       x.dims);
        case 12:
        case 13: {
            const Made y = any();
            return x.dims == y.dims ? add("Add", {x.name, y.name}, x.dims)
                                    : add("Add", {x.name, constant({channels, 1, 1}, 1)}, x.dims);
        }
        case 14: {
            const Made y = any();
            Ints dims = x.dims;
            if (x.dims[0] != y.dims[0] || x.dims[2] != y.dims[2] || x.dims[3] != y.dims[3]) {
                return;
            }
            dims[1] += y.dims[1];
            return dims[1] > 64 ? void()
                                : add("Concat", {x.name, y.name}, dims,
                                      {attribute("axis", std::int64_t{1})});
        }
        case 15: {
            if (x.dims[2] < 4 || x.dims[3] < 4) {
                return;
            }
            return add("MaxPool", {x.name}, {x.dims[0], channels, x.dims[2] / 2, x.dims[3] / 2},
                       {attribute("kernel_shape", Ints{2, 2}), attribute("strides", Ints{2, 2})});
        }
        case 16:
            return add("Transpose", {x.name}, {x.dims[0], channels, x.dims[3], x.dims[2]},
                       {attribute("perm", Ints{0, 1, 3, 2})});
        case 17: {
            const std::string flat = fresh();
            const std::string back = fresh();
            spec_.nodes.push_back({"Reshape", {x.name, list({0, channels, -1})}, {flat}});
            spec_.nodes.push_back({"Relu", {flat}, {back}});
            return add("Reshape", {back, list({0, channels, x.dims[3], x.dims[2]})},
                       {x.dims[0], channels, x.dims[3], x.dims[2]});
        }
        case 18:
            return add("Erf", {x.name}, x.dims);
        case 19: {
            const std::string mean = fresh();
            spec_.nodes.push_back({"GlobalAveragePool", {x.name}, {mean}});
            const std::string gate = fresh();
            spec_.nodes.push_back({"Sigmoid", {mean}, {gate}});
            return add("Mul", {x.name, gate}, x.dims);
        }
        case 20: {
            const std::string padded = fresh();
            spec_.nodes.push_back({"Pad", {x.name, list({0, 0, 1, 0, 0, 0, 1, 2})}, {padded}});
            values_.push_back({padded, {x.dims[0], channels, x.dims[2] + 2, x.dims[3] + 2}});
            ++made_;
            return conv(3, 1);
        }
        case 21: {
            if (x.dims[2] < 5) {
                return;
            }
            return add("Slice", {x.name, list({1}), list({-1}), list({2})},
                       {x.dims[0], channels, x.dims[2] - 2, x.dims[3]});
        }
        case 22:
            return add("LeakyRelu", {x.name}, x.dims, {attribute_real("alpha", 0.1F)});
        default: {
            // Shared weights.
            const Made y = any();
            for (const auto& node : std::vector<test::NodeSpec>(spec_.nodes)) {
                if (node.op == "Conv") {
                    for (const Made& source : values_) {
                        if (source.name == node.inputs[0] && source.dims == y.dims) {
                            for (const Made& result : std::vector<Made>(values_)) {
                                if (result.name == node.outputs[0]) {
                                    std::vector<std::string> inputs = node.inputs;
                                    inputs[0] = y.name;
                                    return add("Conv", std::move(inputs), result.dims,
                                               node.attributes);
                                }
                            }
                        }
                    }
                }
            }
            return;
        }
        }
    }

    std::mt19937 random_;
    ModelSpec spec_;
    Ints x_;
    std::vector<Made> values_;
    std::int64_t made_ = 0;
    int next_ = 0;
    bool is_dynamic_ = true;
};

TEST_CASE("random graphs are the same in Winograd's form", "[runtime][winograd][random]") {
    const char* from = std::getenv("FROM");
    const char* to = std::getenv("TO");
    const auto first = static_cast<std::uint32_t>(from == nullptr ? 0 : std::atoi(from));
    const auto last = static_cast<std::uint32_t>(to == nullptr ? 30 : std::atoi(to));
    std::size_t nodes = 0;
    for (std::uint32_t seed = first; seed < last; ++seed) {
        Generator generator{seed};
        const ModelSpec spec = generator.make();
        SessionOptions options = with_winograd();
        options.threads = 1 + seed % 3;
        CAPTURE(seed);
        auto fast = load(spec, options);
        if (seed % 4 == 3) {
            auto fork = fast->fork();
            REQUIRE(test::outcome(fork) == "OK");
            fast = *std::move(fork);
        }
        options.backend = Backend::reference;
        const auto reference = load(spec, options);
        for (const std::int64_t batch :
             {generator.x()[0], std::int64_t{1}, std::int64_t{3}, generator.x()[0]}) {
            Ints dims = generator.x();
            dims[0] = batch;
            const std::vector<float> x = Values{seed}.vector(count_of(dims));
            for (Session* session : {fast.get(), reference.get()}) {
                feed(*session, 0, dims, x);
                REQUIRE(test::outcome(session->run()) == "OK");
            }
            nodes += winograd_nodes(*fast);
            for (std::size_t i = 0; i < spec.outputs.size(); ++i) {
                const std::vector<float> got = output(*fast, i);
                const std::vector<float> want = output(*reference, i);
                REQUIRE(output_dims(*fast, i) == output_dims(*reference, i));
                float most = 1;
                for (const float value : want) {
                    most = std::max(most, std::abs(value));
                }
                float worst = 0;
                for (std::size_t k = 0; k < got.size(); ++k) {
                    const float distance = std::abs(got[k] - want[k]);
                    worst = distance <= worst ? worst : distance; // NaN is worst
                }
                CAPTURE(batch, spec.outputs[i]);
                REQUIRE(worst <= 3e-5F * most);
            }
        }
    }
    CHECK(nodes > last - first);
}

} // namespace
} // namespace assay::runtime
