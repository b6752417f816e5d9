using Runnel.Server.Training.Recalling;

namespace Runnel.Server.Training.Steps;

internal sealed record ExtractionInput(Recollection Recalled, Intent Intent);
