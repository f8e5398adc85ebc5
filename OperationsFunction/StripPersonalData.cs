using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Retention;

namespace UonOfferum.OperationsFunction;

/// <summary>Every hour: takes what names a person out of operations older than <c>Retention:PersonalData</c>.</summary>
public sealed class StripPersonalData(PersonalDataStripper stripper)
{
    [Function(nameof(StripPersonalData))]
    public Task RunAsync([TimerTrigger("0 40 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => stripper.RunAsync(cancellationToken);
}
