namespace UonOfferum.Tests.Unit.Shared.Fields;

public sealed class RecordFieldsTests
{
    [Fact]
    public void A_field_without_a_value_is_absent()
    {
        var fields = Some.Fields(("client_name", "Анна"), ("phone", "+79000000001")).With([new("client_name", ""), new("source", "")]);

        Assert.Equal([KeyValuePair.Create("phone", "+79000000001")], fields);
        Assert.Null(fields["client_name"]);
    }

    [Theory]
    [InlineData("client_name", "Анна", true)]
    [InlineData("order_time", "1772449200", true)]
    [InlineData("client_name", "Мария", false)]
    [InlineData("client_name", "", false)]
    [InlineData("source", "сайт", false)]
    public void Two_readings_are_the_same_when_all_but_the_time_of_the_order_is(string name, string value, bool same)
    {
        var fields = Some.Fields(("client_name", "Анна"), ("order_time", "1772445600"));

        Assert.Equal(same, fields.With([new(name, value)]).SameAs(fields));
    }

    [Fact]
    public void A_correction_stands_until_U_ON_changes_the_corrected_value()
    {
        var corrected = Some.Fields(("phone", "+79000000002"), ("original_phone", "+79000000001"), ("client_name", "Анна"));

        Assert.True(Some.Fields(("phone", "+79000000001"), ("client_name", "Анна")).KeepingEdits(corrected).SameAs(corrected));
        Assert.Equal(
            [("client_name", "Вера"), ("phone", "+79000000003")],
            Some.Fields(("phone", "+79000000003"), ("client_name", "Вера")).KeepingEdits(corrected).Select(f => (f.Key, f.Value)).Order());
    }

    [Fact]
    public void What_was_added_stays_until_U_ON_has_a_value()
    {
        var added = Some.Fields(("client_name", "Анна"), ("original_client_name", "—"), ("phone", "+79000000001"));

        Assert.True(Some.Fields(("phone", "+79000000001")).KeepingEdits(added).SameAs(added));
        Assert.Equal("Вера", Some.Fields(("phone", "+79000000001"), ("client_name", "Вера")).KeepingEdits(added)["client_name"]);
    }

    [Fact]
    public void What_was_corrected_to_nothing_stays_empty()
    {
        var emptied = Some.Fields(("phone", "+79000000001"), ("original_client_name", "Спам"));

        Assert.True(Some.Fields(("phone", "+79000000001"), ("client_name", "Спам")).KeepingEdits(emptied).SameAs(emptied));
    }
}
