using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction.Postbacks;

public sealed class SubIdReaderTests
{
    [Theory]
    [InlineData("{kind}-{id}", "lead-5", null, RecordKind.Lead, 5)]
    [InlineData("{kind}-{id}", "lead-999999999999999999", null, RecordKind.Lead, OperationId.MaxRecordId)]
    [InlineData("{pipeline}-{kind}-{id}", "main-lead-5", "main", RecordKind.Lead, 5)]
    [InlineData("{pipeline}-{kind}-{id}", "a-lead-b-request-5", "a-lead-b", RecordKind.Request, 5)]
    [InlineData("{source}:{pipeline}:{kind}:{id}", "Сайт:main:lead:5", "main", RecordKind.Lead, 5)]
    [InlineData("{kind}-{id}:{source}", "lead-5:Сайт", null, RecordKind.Lead, 5)]
    [InlineData("{kind}-{id}:{source}", "lead-5", null, RecordKind.Lead, 5)]
    [InlineData("{kind}-{id}:{pipeline}:{source}", "lead-5", null, RecordKind.Lead, 5)]
    [InlineData("{kind}-{id}:{pipeline}:{source}", "lead-5:main", "main", RecordKind.Lead, 5)]
    [InlineData("{source}:{kind}-{id}", ":lead-5", null, RecordKind.Lead, 5)]
    public void A_subid_tells_its_pipeline_where_the_template_holds_it(string template, string subId, string? pipeline, RecordKind kind, long id) =>
        Assert.Equal((pipeline, kind, id), SubIdReader.Read(subId, Template(template)));

    [Theory]
    [InlineData("{pipeline}-{kind}-{id}", "lead-5")]
    [InlineData("{pipeline}-{kind}-{id}", "Главный-lead-5")]
    [InlineData("{kind}-{id}", "main-lead-5")]
    [InlineData("{kind}-{id}", "lead-0")]
    [InlineData("{kind}-{id}", "lead-5:main")]
    [InlineData("{kind}-{id}:{pipeline}", "lead-5:Главный")]
    [InlineData("{source}:{kind}-{id}", "Сайт")]
    [InlineData("{id}:{kind}", "5")]
    public void A_subid_of_another_template_tells_nothing(string template, string subId) => Assert.Null(SubIdReader.Read(subId, Template(template)));

    private static Template Template(string text) =>
        UonOfferum.Shared.Fields.Template.TryParse(text, OrderValues.Names(["source"]), out var template, out var error) ? template : throw new InvalidOperationException(error);
}
