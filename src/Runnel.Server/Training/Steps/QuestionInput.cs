using Runnel.Server.Training.Recalling;

namespace Runnel.Server.Training.Steps;

internal sealed record QuestionInput(Recollection Recalled, Intent Intent, Extraction Learned, Analysis Known);
