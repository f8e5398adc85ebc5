using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>The first webhook names the client, the later one does not.</summary>
public sealed class EarlierClientTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly PipelineApp _app = shared.App;

    [Fact]
    public async Task A_corrected_record_is_sold_with_the_phone_of_the_first()
    {
        await RefusedAsync(151, UonRecord.Lead(151).With(UonQuirk.PhoneMissing), ("client[u_phone]", "+79990000151"));
        _app.Uon.Leads.Put(UonRecord.Lead(151).With(UonQuirk.PhoneMissing).With("client_name", "Вера"));

        using var second = await _app.SendWebhookAsync(151);
        await _app.WaitForAsync("lead", 151, "Delivered");

        Assert.Equal([("+79990000151", "Вера")], _app.Offerum.Sent("lead-151").Skip(1).Select(order => (order.Phone, order.Form["name"])));
    }

    [Fact]
    public async Task A_name_that_only_the_first_gave_is_no_correction()
    {
        var record = UonRecord.Lead(152).With("client_name", "");
        await RefusedAsync(152, record, ("client[u_name]", "Вера"));

        using var second = await _app.SendWebhookAsync(152);
        await _app.WaitUntilQuietAsync();

        Assert.Equal("Вера", Assert.Single(_app.Offerum.Sent("lead-152")).Form["name"]);
    }

    [Fact]
    public async Task The_clients_card_is_newer()
    {
        var record = UonRecord.Lead(153).With(UonQuirk.PhoneMissing);
        await RefusedAsync(153, record, ("client[u_phone]", "+79990000153"));
        _app.Uon.Users.Put(UonRecord.UserOf(UonRecord.Lead(153)));

        using var second = await _app.SendWebhookAsync(153);
        await _app.WaitForAsync("lead", 153, "Delivered");

        Assert.Equal(["+79990000153", UonRecord.Lead(153).E164], _app.Offerum.Sent("lead-153").Select(order => order.Phone));
    }

    [Fact]
    public async Task The_phone_of_the_first_replaces_words_in_the_record()
    {
        using var first = await _app.SendWebhookAsync(154, more: [("client[u_phone]", "+79990000154")]);
        await _app.WaitForAsync("lead", 154, "Failed");
        _app.Uon.Leads.Put(UonRecord.Lead(154).With(UonQuirk.PhoneMissing).With("client_phone", "звонить Вере"));

        using var second = await _app.SendWebhookAsync(154);
        await _app.WaitForAsync("lead", 154, "Delivered");

        Assert.Equal("+79990000154", Assert.Single(_app.Offerum.Sent("lead-154")).Phone);
    }

    /// <summary>The key may read records, but no clients.</summary>
    [Fact]
    public async Task A_card_that_may_not_be_read_is_not_waited_for()
    {
        using var first = await _app.SendWebhookAsync(155, more: [("client[u_phone]", "+79990000155")]);
        await _app.WaitForAsync("lead", 155, "Failed");
        var card = UonRecord.UserOf(UonRecord.Lead(155));
        _app.Uon.Users.Put(card);
        _app.Uon.Users.Faults(card.Id).Set(UonFault.Forbidden);
        _app.Uon.Leads.Put(UonRecord.Lead(155).With(UonQuirk.PhoneMissing));

        using var second = await _app.SendWebhookAsync(155);
        await _app.WaitForAsync("lead", 155, "Delivered");

        Assert.Equal("+79990000155", Assert.Single(_app.Offerum.Sent("lead-155")).Phone);
    }

    private async Task RefusedAsync(long id, UonRecord record, (string Name, string Value) client)
    {
        _app.Uon.Leads.Put(record);
        _app.Offerum.ForSubId($"lead-{id}").Set(OfferumReplyKind.PhoneError, Repeat.Once);
        using var answer = await _app.SendWebhookAsync(id, more: [client]);
        await _app.WaitForAsync("lead", id, "Rejected");
    }
}
