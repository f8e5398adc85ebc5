using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Retention;

public sealed class PersonalDataTests
{
    private const string Note = "Звонил Иванову +7 900 123-45-67 (ivan@mail.ru),\nзаказ есть";

    [Theory]
    [InlineData("delivered", "Olga", "delivered (by Olga)")]
    [InlineData("discarded", "Olga (night)", "discarded (by Olga (night))")]
    [InlineData("discarded", null, "discarded")]
    public void Of_a_note_only_who_and_how_stay(string how, string? by, string left)
    {
        var resolved = Resolved(how, by);
        Assert.True(resolved.HoldsPersonalData);

        var redacted = PersonalData.Redact(resolved);

        Assert.Equal(left, redacted.Events[^1].Detail);
        Assert.False(redacted.HoldsPersonalData);
    }

    [Fact]
    public void A_note_is_masked_when_it_is_written() =>
        Assert.Equal("delivered: Звонил Иванову +7*******67 (i***@mail.ru),\nзаказ есть (by Olga)", Resolved("delivered", "Olga").Events[^1].Detail);

    [Fact]
    public void A_note_on_a_redacted_operation_is_personal_data_again()
    {
        var redacted = PersonalData.Redact(Some.Operation(Some.Delivery(DeliveryState.Uncertain)));
        Assert.False(redacted.HoldsPersonalData);

        Assert.True(Resolve(redacted, "delivered", null).HoldsPersonalData);
        Assert.False(Resolve(redacted, "delivered", "Olga", note: null).HoldsPersonalData);
    }

    [Fact]
    public void Other_lines_of_the_story_stay()
    {
        var operation = Resolved("delivered", "Olga") with { Fields = RecordFields.Empty };
        var told = operation.WithEvent(Some.Now, EventNames.Failed, "discarded: a destination's words");

        Assert.Equal("discarded: a destination's words", PersonalData.Redact(told).Events[^1].Detail);
    }

    private static Operation Resolved(string how, string? by) => Resolve(Some.Operation(Some.Delivery(DeliveryState.Uncertain)), how, by);

    private static Operation Resolve(Operation operation, string how, string? by, string? note = Note) => ActionRules.Apply(
        operation, how == "delivered" ? new OperatorAction.ResolveDelivered(null, note, by) : new OperatorAction.Discard(note, by), [Some.Destination], Some.NewerRun, Some.Now).Next!;
}
