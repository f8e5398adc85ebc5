using System.Globalization;
using System.Net;
using UonOfferum.Simulators;

namespace UonOfferum.LocalHost.Demo;

/// <summary>One sample lead from the webhook to the order, reported as it happens.</summary>
internal sealed class DemoStory(DemoWorld world, DemoApi api, StoryBox box, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends the lead and follows it.</summary>
    /// <returns>Why it was not delivered; null when it was.</returns>
    public async Task<string?> TellAsync(long id, CancellationToken cancellationToken)
    {
        var record = id == SampleLead.Id ? SampleLead.Create(time.GetUtcNow()) : UonRecord.Lead(id, time.GetUtcNow());
        world.Uon.Leads.Put(record);
        box.Open($"lead {record.Text("id")}: {record.Text("client_name")} {record.Text("client_surname")}, {record.Text("travel_type")}");
        box.Blank();

        var began = time.GetUtcNow();
        var fields = UonWebhook.Created(record, began);
        var said = string.Join(' ', fields.Where(f => f.Key is "type_id" or "request_id").Select(f => $"{f.Key}={f.Value}"));
        box.Step(TimeSpan.Zero, "U-ON", $"calls POST /api/uon/{DemoWorld.Pipeline}/•••  {said}");
        var status = await api.CallWebhookAsync(world.WebhookSecret, fields, cancellationToken);
        var accepted = status == HttpStatusCode.OK;
        var answer = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}");
        box.Step(time.GetUtcNow() - began, "webhook", answer + (accepted ? ": the queue has it" : ""));
        var reason = accepted ? await FollowAsync(id, began, cancellationToken) : $"The webhook answered {answer}";
        box.Blank();
        box.Close(reason is null, reason ?? Delivered(record));
        return reason;
    }

    private async Task<string?> FollowAsync(long id, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var (told, last) = (0, (DemoOperation?)null);
        while (time.GetUtcNow() - began < Patience)
        {
            last = await api.GetAsync(id, cancellationToken) ?? last;
            foreach (var happened in last?.Events.Skip(told) ?? [])
            {
                told++;
                if (happened.Name != "webhook")
                {
                    box.Step(happened.At - began, happened.Name, DemoWords.Of(happened));
                }
            }

            if (last is { IsOver: true })
            {
                return last.State == "Delivered" ? null : $"{last.State}: {last.Error?.Code} {last.Error?.Message}";
            }

            await Task.Delay(Poll, time, cancellationToken);
        }

        return $"Not delivered within {Patience.TotalSeconds:0} s; it is {last?.State ?? "not in the journal"}. {last?.Error?.Message}";
    }

    private string Delivered(UonRecord record)
    {
        var order = world.Offerum.Orders.Where(o => o.Accepted).LastOrDefault();
        var name = order?.Form.GetValueOrDefault("name") ?? record.Text("client_name");
        return string.Create(CultureInfo.InvariantCulture, $"Delivered. Offerum has order {order?.OrderId}: {name}, {order?.Phone}, subid {order?.SubId}");
    }
}
