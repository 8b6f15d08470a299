// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// SVMClassifier against recorded results of onnxruntime-web 1.30 on the same models.
#include "tests/unit/runtime/run_model.hpp"

#include <bit>
#include <map>

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_text;
using test::ModelSpec;
using test::NodeSpec;
using test::ProtoWriter;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

Bytes reals(std::string_view name, const Reals& values) {
    ProtoWriter out;
    out.text(1, name).varint(20, 6);
    for (const float value : values) {
        out.fixed32(7, std::bit_cast<std::uint32_t>(value));
    }
    return out.view();
}

/// The machines, without their classes and their transform.
std::vector<Bytes> machine(const std::string& kind) {
    const Bytes rbf = attribute_text("kernel_type", "RBF");
    const Bytes linear = attribute_text("kernel_type", "LINEAR");
    const Bytes params = reals("kernel_params", {0.5F, 0, 3});
    const Bytes vectors = reals("support_vectors", {1, 0, 0, 1, 0.5F, -1});
    const Bytes two = attribute("vectors_per_class", Ints{2, 1});
    const Bytes three = attribute("vectors_per_class", Ints{1, 1, 1});
    const Bytes mixed = reals("coefficients", {1, 0.5F, -1.5F});
    const Bytes pairs = reals("coefficients", {1, 0.5F, -1.5F, 0.3F, -0.7F, 0.2F});
    const Bytes rho = reals("rho", {0.1F});
    const Bytes three_rho = reals("rho", {0.1F, -0.2F, 0.3F});
    const std::map<std::string, std::vector<Bytes>> kinds = {
        {"bin", {rbf, params, vectors, two, mixed, rho}},
        {"binprob",
         {rbf, params, vectors, two, mixed, rho, reals("prob_a", {-1.3F}),
          reals("prob_b", {0.2F})}},
        {"binpos",
         {rbf, params, vectors, two, reals("coefficients", {1, 0.5F, 0.5F}),
          reals("rho", {-1.1F})}},
        {"lin2", {linear, params, reals("coefficients", {1, -2, 0.5F, 0.25F}), rho}},
        {"lin3", {linear, params, reals("coefficients", {1, -2, 0.5F, 0.25F, -0.3F, 0.7F}), rho}},
        {"tri", {linear, params, vectors, three, pairs, three_rho}},
        {"triprob",
         {linear, params, vectors, three, pairs, three_rho, reals("prob_a", {-1.3F, -0.8F, -1.1F}),
          reals("prob_b", {0.2F, -0.1F, 0.05F})}},
    };
    return kinds.at(kind);
}

ModelSpec classifier(const std::string& kind, const std::string& transform) {
    const bool is_binary = kind.find("bin") == 0 || kind == "lin2";
    std::vector<Bytes> attributes = machine(kind);
    attributes.push_back(
        attribute("classlabels_ints", is_binary ? Ints{10, 13} : Ints{10, 13, 16}));
    attributes.push_back(attribute_text("post_transform", transform));
    ModelSpec spec;
    spec.nodes = {NodeSpec{"SVMClassifier", {"x"}, {"y", "z"}, attributes, "svm", "ai.onnx.ml"}};
    spec.inputs = {test::value_info("x", test::FLOAT, {6, 2})};
    spec.outputs = {"y", "z"};
    return spec;
}

TEST_CASE("support vector machines answer as onnxruntime does", "[runtime][ml]") {
    struct Row {
        const char* kind;
        const char* transform;
        Ints labels;
        Reals scores;
    };
    const std::vector<Row> rows = {
        {"bin",
         "LOGISTIC",
         {10, 10, 10, 10, 10, 10},
         {0.400215F, 0.599785F, 0.4184926F, 0.5815074F, 0.4484578F, 0.5515422F, 0.4804091F,
          0.5195909F, 0.3023518F, 0.6976482F, 0.475021F, 0.524979F}},
        {"bin",
         "NONE",
         {10, 10, 10, 10, 10, 10},
         {-0.4045695F, 0.4045695F, -0.3289649F, 0.3289649F, -0.2069038F, 0.2069038F, -0.0784037F,
          0.0784037F, -0.8361237F, 0.8361237F, -0.09999934F, 0.09999934F}},
        {"bin",
         "SOFTMAX",
         {10, 10, 10, 10, 10, 10},
         {0.5954305F, 0.4045695F, 0.6710352F, 0.3289649F, 0.7930962F, 0.2069038F, 0.9215963F,
          0.0784037F, 0.1638763F, 0.8361237F, 0.9000007F, 0.09999934F}},
        {"binpos",
         "LOGISTIC",
         {13, 13, 10, 13, 13, 13},
         {0.6847792F, 0.3152208F, 0.6593136F, 0.3406864F, 0.480653F, 0.519347F, 0.7442731F,
          0.2557269F, 0.512348F, 0.487652F, 0.7502601F, 0.2497399F}},
        {"binpos",
         "NONE",
         {13, 13, 10, 13, 13, 13},
         {0.7758232F, -0.7758232F, 0.6602367F, -0.6602367F, -0.0774267F, 0.0774267F, 1.068298F,
          -1.068298F, 0.04940193F, -0.04940193F, 1.1F, -1.1F}},
        {"binpos",
         "SOFTMAX",
         {13, 13, 10, 13, 13, 13},
         {1.775823F, -0.7758232F, 1.660237F, -0.6602367F, 0.9225733F, 0.0774267F, 2.068298F,
          -1.068298F, 1.049402F, -0.04940193F, 2.1F, -1.1F}},
        {"binprob",
         "LOGISTIC",
         {10, 10, 10, 10, 10, 10},
         {0.6411828F, 0.6033632F, 0.6356649F, 0.6090694F, 0.6265013F, 0.6184003F, 0.6166842F,
          0.6281999F, 0.6700171F, 0.5724214F, 0.6183395F, 0.6265615F}},
        {"binprob",
         "NONE",
         {10, 10, 10, 10, 10, 10},
         {0.5805015F, 0.4194984F, 0.5565978F, 0.4434022F, 0.5172362F, 0.4827638F, 0.4754978F,
          0.5245022F, 0.7082626F, 0.2917374F, 0.4825062F, 0.5174938F}},
        {"binprob",
         "PROBIT",
         {10, 10, 10, 10, 10, 10},
         {0.203179F, -0.203179F, 0.1423505F, -0.1423505F, 0.04322323F, -0.04322323F, -0.06145364F,
          0.06145364F, 0.5483674F, -0.5483674F, -0.04386929F, 0.04386929F}},
        {"binprob",
         "SOFTMAX",
         {10, 10, 10, 10, 10, 10},
         {0.5401641F, 0.4598359F, 0.5282688F, 0.4717313F, 0.5086172F, 0.4913827F, 0.4877513F,
          0.5122486F, 0.6026514F, 0.3973486F, 0.491254F, 0.508746F}},
        {"lin2",
         "LOGISTIC",
         {13, 13, 13, 13, 13, 13},
         {0.0521535F, 0.7502601F, 0.1301084F, 0.43168F, 0.5249792F, 0.5249792F, 0.9991755F,
          0.7502601F, 0.1824256F, 0.604679F, 0.9836975F, 0.0521535F}},
        {"lin2",
         "NONE",
         {13, 13, 13, 13, 13, 13},
         {-2.9F, 1.1F, -1.9F, -0.275F, 0.1F, 0.1F, 7.1F, 1.1F, -1.5F, 0.425F, 4.1F, -2.9F}},
        {"lin2",
         "SOFTMAX",
         {13, 13, 13, 13, 13, 13},
         {0.01798621F, 0.9820138F, 0.1645165F, 0.8354836F, 0.5F, 0.5F, 0.9975274F, 0.002472623F,
          0.1273051F, 0.8726949F, 0.999089F, 0.0009110512F}},
        {"lin3",
         "LOGISTIC",
         {16, 16, 10, 10, 16, 10},
         {0.0521535F, 0.7502601F, 0.7685248F, 0.1301084F, 0.43168F, 0.6791787F, 0.5249792F,
          0.5249792F, 0.5249792F, 0.9991755F, 0.7502601F, 0.09975043F, 0.1824256F, 0.604679F,
          0.6615031F, 0.9836975F, 0.0521535F, 0.1824256F}},
        {"lin3",
         "NONE",
         {16, 16, 10, 10, 16, 10},
         {-2.9F, 1.1F, 1.2F, -1.9F, -0.275F, 0.75F, 0.1F, 0.1F, 0.1F, 7.1F, 1.1F, -2.2F, -1.5F,
          0.425F, 0.67F, 4.1F, -2.9F, -1.5F}},
        {"lin3",
         "SOFTMAX",
         {16, 16, 10, 10, 16, 10},
         {0.008625268F, 0.4709237F, 0.5204511F, 0.04942553F, 0.2510036F, 0.6995709F, 0.3333333F,
          0.3333333F, 0.3333333F, 0.9974365F, 0.002472398F, 0.00009118984F, 0.06019226F, 0.4126269F,
          0.5271809F, 0.9954115F, 0.0009076978F, 0.003680896F}},
        {"tri",
         "LOGISTIC",
         {10, 10, 10, 10, 10, 13},
         {0.8909032F, 0.9129342F, 0.1978161F, 0.3429896F, 0.7310586F, 0.4378235F, 0.5249792F,
          0.450166F, 0.5744425F, 0.8909032F, 0.01045674F, 0.9168273F, 0.6791787F, 0.7426906F,
          0.3798936F, 0.002732009F, 0.01212847F, 0.9706878F}},
        {"tri",
         "NONE",
         {10, 10, 10, 10, 10, 13},
         {2.1F, 2.35F, -1.4F, -0.65F, 1.0F, -0.25F, 0.1F, -0.2F, 0.3F, 2.1F, -4.55F, 2.4F, 0.75F,
          1.06F, -0.49F, -5.9F, -4.4F, 3.5F}},
        {"tri",
         "SOFTMAX",
         {10, 10, 10, 10, 10, 13},
         {0.4321105F, 0.5548409F, 0.01304861F, 0.1298903F, 0.6763362F, 0.1937736F, 0.3375845F,
          0.2500888F, 0.4123267F, 0.4253232F, 0.0005503776F, 0.5741264F, 0.3769589F, 0.5139552F,
          0.1090859F, 0.0000826866F, 0.0003705755F, 0.9995467F}},
        {"triprob",
         "LOGISTIC",
         {10, 10, 10, 10, 10, 13},
         {0.6966849F, 0.5120901F, 0.5299812F, 0.5716852F, 0.602447F, 0.5733662F, 0.5795606F,
          0.5918756F, 0.5762275F, 0.5769463F, 0.5871152F, 0.5836312F, 0.6338782F, 0.5505248F,
          0.5617625F, 0.5001024F, 0.7265692F, 0.505576F}},
        {"triprob",
         "NONE",
         {10, 10, 10, 10, 10, 13},
         {0.8315611F, 0.04837F, 0.1200688F, 0.28873F, 0.4156713F, 0.2955986F, 0.32097F, 0.3717242F,
          0.3073059F, 0.3102499F, 0.3520524F, 0.3376978F, 0.5488908F, 0.2027912F, 0.2483182F,
          0.0004096163F, 0.9772856F, 0.02230487F}},
        {"triprob",
         "PROBIT",
         {10, 10, 10, 10, 10, 13},
         {0.9605186F, -1.660657F, -1.174827F, -0.5571518F, -0.2129847F, -0.5371502F, -0.4650212F,
          -0.3273029F, -0.5035418F, -0.4951808F, -0.3798037F, -0.4187791F, 0.1228607F, -0.8318244F,
          -0.6798783F, -3.33978F, 1.999621F, -2.007251F}},
        {"triprob",
         "SOFTMAX",
         {10, 10, 10, 10, 10, 13},
         {0.5133848F, 0.2345889F, 0.2520263F, 0.318244F, 0.3613185F, 0.3204375F, 0.3291105F,
          0.3462454F, 0.3246441F, 0.3256781F, 0.3395808F, 0.3347411F, 0.4085241F, 0.2890071F,
          0.3024688F, 0.2137537F, 0.5677608F, 0.2184855F}},
        {"triprob",
         "SOFTMAX_ZERO",
         {10, 10, 10, 10, 10, 13},
         {0.5133848F, 0.2345889F, 0.2520263F, 0.318244F, 0.3613185F, 0.3204375F, 0.3291105F,
          0.3462454F, 0.3246441F, 0.3256781F, 0.3395808F, 0.3347411F, 0.4085241F, 0.2890071F,
          0.3024688F, 0.2137537F, 0.5677608F, 0.2184855F}},
    };
    for (const Row& row : rows) {
        INFO(row.kind << " " << row.transform);
        const auto session = load(classifier(row.kind, row.transform));
        feed<float>(*session, 0, {6, 2}, {1, 2, -1, 0.5F, 0, 0, 3, -2, 0.2F, 0.9F, -4, -4});
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(output<std::int64_t>(*session, 0) == row.labels);
        const Reals scores = output(*session, 1);
        REQUIRE(scores.size() == row.scores.size());
        for (std::size_t i = 0; i < scores.size(); ++i) {
            // onnxruntime inverts the error function in float, with cancellation near one half.
            const float tolerance = row.transform == std::string_view{"PROBIT"} ? 2e-5F : 2e-6F;
            CHECK(std::abs(scores[i] - row.scores[i]) <= tolerance * (1 + std::abs(row.scores[i])));
        }
    }
}

TEST_CASE("a machine whose lists do not fit is refused", "[runtime][ml][negative]") {
    const auto code = [](std::size_t index, const Bytes& attribute) {
        ModelSpec spec = classifier("binprob", "NONE");
        spec.nodes[0].attributes[index] = attribute;
        return test::outcome(Session::load(test::model(spec), {}));
    };
    CHECK(code(3, attribute("vectors_per_class", Ints{2, 2})) == "ONNX_MALFORMED");
    CHECK(code(3, attribute("vectors_per_class", Ints{4, -1})) == "ONNX_MALFORMED");
    CHECK(code(3, attribute("vectors_per_class", Ints{INT64_MAX, 1})) == "ONNX_MALFORMED");
    CHECK(code(4, reals("coefficients", {1, 2})) == "ONNX_MALFORMED");
    CHECK(code(5, reals("rho", {})) == "ONNX_MALFORMED");
    CHECK(code(6, reals("prob_a", {1, 2})) == "ONNX_MALFORMED");
    CHECK(code(8, attribute("classlabels_ints", Ints{1})) == "ONNX_MALFORMED");
    // One score has no probit: onnxruntime leaves the second of its two unwritten.
    CHECK(test::outcome(Session::load(test::model(classifier("bin", "PROBIT")), {})) ==
          "ONNX_UNSUPPORTED_ATTRIBUTE");
}

} // namespace
} // namespace assay::runtime
